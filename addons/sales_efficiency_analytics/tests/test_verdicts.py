# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import random
import re
from dataclasses import asdict
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..engine import methods, verdicts
from ..engine.methods import correlation, descriptive, regression, trend
from ..engine.methods.refused import Refused
from .method_common import ANSCOMBE, get_months, to_data

VERDICTS = {
    "descriptive": (descriptive, verdicts.DescriptiveVerdict),
    "correlation": (correlation, verdicts.CorrelationVerdict),
    "trend": (trend, verdicts.TrendVerdict),
    "regression": (regression, verdicts.RegressionVerdict),
}
NAMES = {"x": "Visits", "y": "Orders", "z": "Calls"}
QUARTERS = [f"{year}-Q{number}" for year in (2021, 2022, 2023) for number in "1234"]


@tagged("post_install", "-at_install")
class TestVerdicts(TransactionCase):
    def say(self, method, data, units=None, **options):
        module, verdict = VERDICTS[method]
        result = asdict(module.run(data, options))
        return verdict(self.env, result, NAMES, units or {}).sentences()

    def assertSaid(self, text, sentences):
        self.assertIn(text, "\n".join(sentences))

    def assertUnsaid(self, text, sentences):
        self.assertNotIn(text, "\n".join(sentences))

    # ------------------------------------------------------------------
    # Descriptive
    # ------------------------------------------------------------------

    def test_how_much_and_what_stands_out(self):
        values = [120, 80, 95, 200, 150, 80, 60, 310, 95, 110]
        said = self.say("descriptive", to_data(x=values))
        self.assertIn("Visits adds up to 1,300 in 10 rows: 130 on average", said[0])
        self.assertSaid("between 83.75 and 142.50", said)
        self.assertSaid("7 of 10 rows make 80 % of the total", said)
        self.assertSaid("H (310) is far from all others", said)

    def test_rates_do_not_add_up(self):
        said = self.say("descriptive", to_data(x=[10, 20, 40]), {"x": "percent"})
        self.assertIn("Visits is 23.3 % on average of 3 rows", said[0])
        self.assertUnsaid("total", said)
        self.assertSaid("may look different with the next one", said)

    def test_what_cannot_be_told_of_negative_values(self):
        said = self.say("descriptive", to_data(x=[-10, 60, 50, None]))
        self.assertSaid("Left out for lack of Visits: 1.", said)
        self.assertSaid("Values below 0: 1.", said)

    def test_one_row_and_equal_rows(self):
        self.assertUnsaid("equal", self.say("descriptive", to_data(x=[7])))
        self.assertSaid(
            "All rows are equal.", self.say("descriptive", to_data(x=[7, 7]))
        )

    # ------------------------------------------------------------------
    # Correlation
    # ------------------------------------------------------------------

    def test_a_strong_tie_with_its_doubt(self):
        x, y = ANSCOMBE["I"]
        said = self.say("correlation", to_data(x=x, y=y))
        self.assertIn("The higher Visits, the higher Orders: a strong tie", said[0])
        self.assertIn("between 0.42 and 0.95", said[0])
        self.assertIn("need not cause each other", said[-1])

    def test_a_tie_that_a_few_rows_make(self):
        x, y = ANSCOMBE["IV"]
        self.assertSaid(
            "less close (Spearman 0.50)", self.say("correlation", to_data(x=x, y=y))
        )

    def test_no_tie(self):
        x = list(range(10))
        said = self.say("correlation", to_data(x=x, y=[3, 9, 1, 7, 5, 4, 8, 2, 6, 5]))
        self.assertIn("cannot be told", said[0])

    def test_months_are_warned_of(self):
        data = to_data(get_months("2024-01", 9), x=list(range(9)), y=list(range(9)))
        self.assertSaid("Months that grow", self.say("correlation", data))

    def test_the_direction_of_a_tie_is_told(self):
        said = self.say(
            "correlation", to_data(x=list(range(10)), y=list(range(20, 0, -2)))
        )
        self.assertIn("The higher Visits, the lower Orders: a strong tie", said[0])

    def test_a_tie_can_be_sure_and_loose(self):
        """Many rows make sure of it, not strong."""
        draw = random.Random(1)
        x, noise = ([draw.gauss(0, 1) for _n in range(500)] for _column in "xy")
        for share, strength in ((0.2, "a weak tie"), (0.6, "a moderate tie")):
            with self.subTest(strength):
                y = [share * a + b for a, b in zip(x, noise, strict=True)]
                data = to_data([f"Row {n}" for n in range(500)], x=x, y=y)
                said = self.say("correlation", data)
                self.assertIn(
                    f"The higher Visits, the higher Orders: {strength}", said[0]
                )

    def test_a_curve_is_closer_by_rank(self):
        x = list(range(20))
        said = self.say("correlation", to_data(x=x, y=[math.exp(n) for n in x]))
        self.assertSaid("are closer (Spearman 1.00): they follow a curve", said)

    def test_chance_among_many_pairs_is_warned_of(self):
        x, y = ANSCOMBE["I"]
        said = self.say("correlation", to_data(x=x, y=y, z=y[::-1]))
        self.assertSaid("p is corrected for 3 pairs", said)
        self.assertUnsaid("corrected", self.say("correlation", to_data(x=x, y=y)))

    def test_pairs_that_cannot_be_compared_are_named(self):
        x, y = ANSCOMBE["I"]
        said = self.say("correlation", to_data(x=x, y=y, z=[5] * 11))
        self.assertIn("The higher Visits, the higher Orders", said[0])
        self.assertSaid("Visits and Calls cannot be compared: one of them is", said)
        said = self.say("correlation", to_data(x=x, y=y, z=[1, 2, 3] + [None] * 8))
        self.assertSaid(
            "Orders and Calls cannot be compared. Rows with both, too few: 3.", said
        )

    # ------------------------------------------------------------------
    # Trend
    # ------------------------------------------------------------------

    def fit(self, values, units=None, **options):
        data = to_data(get_months("2023-01", len(values)), x=values)
        return self.say("trend", data, units, **options)

    def test_a_trend_with_its_size(self):
        said = self.fit([100 + 3 * n + n % 2 for n in range(24)])
        self.assertIn(
            "From January 2023 to December 2024, Visits rises by about", said[0]
        )
        self.assertIn("a month", said[0])

    def test_a_falling_trend(self):
        said = self.fit([200 - 3 * n - n % 2 for n in range(24)])
        self.assertRegex(said[0], "Visits falls by about 3.* a month")

    def test_quarters_are_told_as_quarters(self):
        rising = [100 + 10 * n + (40 if n % 4 == 3 else 0) for n in range(12)]
        said = self.say("trend", to_data(QUARTERS, x=rising))
        self.assertRegex(
            said[0], "^From Q1 2021 to Q4 2023, Visits rises by about .* a quarter"
        )
        self.assertSaid("By season, quarter 4 is highest", said)
        falling = to_data(QUARTERS, x=rising[::-1])
        self.assertRegex(self.say("trend", falling)[0], "falls by about .* a quarter")

    def test_periods_that_resemble_each_other_make_it_less_sure(self):
        doubt = "Each period resembles the one before"
        waves = [100 + 3 * n + 20 * math.sin(n / 4) for n in range(36)]
        self.assertSaid(doubt, self.fit(waves))
        self.assertUnsaid(doubt, self.fit([100 + 3 * n + n % 2 for n in range(36)]))

    def test_what_was_left_out_or_adjusted_is_told(self):
        values = [100 + 3 * n if n % 12 != 6 else None for n in range(24)]
        said = self.fit(values)
        self.assertSaid("Periods without a value, left out: 2.", said)
        self.assertSaid("too many values are missing", said)
        self.assertUnsaid("working days", said)
        days = dict.fromkeys(get_months("2023-01", 24), 20)
        said = self.fit(list(range(24)), working_days=days)
        self.assertSaid("those of a period with usual working days", said)

    def test_no_trend(self):
        said = self.fit([100 + (7 * n) % 5 for n in range(24)])
        self.assertIn("no trend that could not be chance", said[0])

    def test_seasons_and_why_there_are_none(self):
        values = [100 + (50 if n % 12 == 11 else 0) for n in range(36)]
        self.assertSaid("By season, December is highest", self.fit(values))
        self.assertSaid(
            "takes two whole years, these are 20", self.fit(list(range(20)))
        )
        self.assertSaid("0 or below", self.fit([-5 + n % 3 for n in range(24)]))

    def test_a_wild_month_is_told_from_a_trend(self):
        values = [100.0 + n for n in range(24)]
        values[-1] = 5000.0
        self.assertSaid("A few periods bend that line", self.fit(values))

    def test_a_constant_series_has_no_trend(self):
        self.assertIn("was the same in all 24 periods: 7.", self.fit([7] * 24)[0])

    def test_rates_change_by_points(self):
        said = self.fit([10.0 + n for n in range(24)], {"x": "percent"})
        self.assertIn("1.0 points a month", said[0])

    # ------------------------------------------------------------------
    # Regression
    # ------------------------------------------------------------------

    def regress(self, name, **options):
        x, y = ANSCOMBE[name]
        return self.say("regression", to_data(y=y, x=x), **options)

    def test_what_explains_and_by_how_much(self):
        said = self.regress("I")
        self.assertIn("Visits explains 67 % of the differences in Orders", said[0])
        self.assertIn("1 more of Visits goes with 0.50 of Orders", said[1])
        self.assertUnsaid("Beware", said)

    def test_warnings(self):
        self.assertSaid("the data is curved (RESET p < 0.001)", self.regress("II"))
        self.assertSaid(
            "C alone decides much of the equation (Cook 1.39", self.regress("III")
        )
        self.assertSaid(
            "H alone decides much of the equation (Cook –", self.regress("IV")
        )

    def test_a_prediction_far_from_the_data(self):
        near, far = {"x": 10}, {"x": 99}
        self.assertSaid(
            "With Visits 10, Orders is 8", self.regress("I", predict=[near])
        )
        self.assertSaid(
            "nothing like it is in the data", self.regress("I", predict=[far])
        )

    def test_money_has_its_currency(self):
        x, y = ANSCOMBE["I"]
        currency = self.env.company.currency_id
        said = self.say("regression", to_data(y=y, x=x), {"y": "currency"})
        self.assertSaid(currency.symbol, said)

    # ------------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------------

    def test_every_reason_to_refuse_has_words(self):
        shared = Path(methods.__file__).parent / "table.py"
        for name, (module, verdict) in VERDICTS.items():
            source = Path(module.__file__).read_text() + shared.read_text()
            codes = set(re.findall(r'Refused\(\s*"(\w+)"', source))
            with self.subTest(method=name):
                self.assertTrue(codes)
                self.assertFalse(codes - set(verdict.refusals(self.env)))

    def test_a_refusal_names_columns_and_numbers(self):
        with self.assertRaises(Refused) as caught:
            correlation.run(to_data(x=[1, 2], y=[1, 2]), {})
        refused = caught.exception
        verdict = verdicts.CorrelationVerdict
        text = verdict.explain(self.env, refused.code, refused.values, NAMES)
        self.assertIn("Rows with both values: 2;", text)
        text = verdict.explain(self.env, "constant", {"column": "x"}, NAMES)
        self.assertIn("Visits has the same value", text)
        self.assertIn("strange", verdict.explain(self.env, "strange", {}, NAMES))
