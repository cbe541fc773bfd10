# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from datetime import date

from odoo.tools import format_amount, format_date, formatLang


class Verdict:
    """What a method found, in words.

    :param env: its language is that of the sentences, its company that of money
    :param dict result: dataclass of the method as a dict
    :param dict names: code of a column → its name
    :param dict units: code of a column → unit of its metric
    """

    def __init__(self, env, result, names, units):
        self.env = env
        self.result = result
        self._names = names
        self._units = units

    def sentences(self):
        """Return a list of texts, the headline first."""
        raise NotImplementedError

    @classmethod
    def refusals(cls, env):
        """Return the reasons to refuse: dict code → text with named placeholders."""
        return {
            "too_many_rows": env._(
                "There are %(rows)s rows; at most %(limit)s can be analysed at once."
                " Choose fewer, or wider groups."
            ),
            "too_few_rows": env._(
                "Rows with all values: %(rows)s; at least %(needed)s are needed."
            ),
            "too_few_columns": env._("Choose at least two metrics."),
            "too_many_columns": env._(
                "These are %(columns)s metrics; at most %(limit)s can be compared."
            ),
            "no_columns": env._("Choose a metric."),
            "no_column": env._("The data has no column “%(column)s”."),
            "column_twice": env._("A metric is chosen twice."),
            "uneven": env._("%(column)s does not have one value for each row."),
            "not_a_number": env._(
                "“%(value)s” in %(column)s of %(label)s is not a number that can be"
                " analysed."
            ),
            "no_values": env._("%(column)s has no value in this scope and period."),
            "constant": env._(
                "%(column)s has the same value in all rows, so nothing can be told"
                " from it."
            ),
            "bad_option": env._("“%(value)s” cannot be used as %(option)s."),
        }

    @classmethod
    def explain(cls, env, code, values, names):
        """Return why the method was refused.

        :param dict values: of ``Refused``
        :param dict names: code of a column → its name
        """
        text = cls.refusals(env).get(code)
        if text is None:
            return env._("The data cannot be analysed by this method (%s).", code)
        values = {
            key: formatLang(env, value, digits=0)
            if isinstance(value, int)
            else names.get(value, value)
            for key, value in values.items()
        }
        return text % values

    # ------------------------------------------------------------------
    # Words for numbers
    # ------------------------------------------------------------------

    def _name(self, code):
        return self._names.get(code, code)

    def _number(self, value, digits=2):
        return "–" if value is None else formatLang(self.env, value, digits=digits)

    def _percent(self, share):
        """Return a share of 1 in percent, with a decimal if it is small."""
        percent = share and 100 * share
        whole = not percent or abs(percent) >= 10 or percent == int(percent)
        return self.env._("%s %%", self._number(percent, 0 if whole else 1))

    def _confidence(self):
        confidence = round(100 * self.result["confidence"], 1)
        digits = 0 if confidence == int(confidence) else 1
        return self.env._("%s %%", self._number(confidence, digits))

    def _p(self, p):
        """Return how likely chance alone is."""
        if p is None:
            return "p –"
        if p < 0.001:
            return f"p < {self._number(0.001, 3)}"
        return f"p = {self._number(p, 3)}"

    def _unit(self, code, is_difference=False):
        unit = self._units.get(code)
        if is_difference and unit == "percent":
            unit = "points"
        return self.env["sales.metric"]._define_unit(unit, self.env.company)

    def _value(self, value, code, is_difference=False):
        """Return a value of a column with its unit; small ones keep their digits."""
        if value is None:
            return "–"
        unit = self._unit(code, is_difference)
        digits = unit.digits if unit.currency else unit.shown
        if digits is None:
            digits = 0 if value == int(value) else 2
        if value and abs(value) < 10**-digits:
            return unit.text % self._number(
                value, 2 - math.floor(math.log10(abs(value)))
            )
        if unit.currency:
            return format_amount(self.env, value, unit.currency)
        return unit.text % self._number(value, digits)

    def _period(self, label):
        """Return the name of a month or quarter."""
        year, _dash, part = label.partition("-")
        if part.startswith("Q"):
            return self.env._("Q%(quarter)s %(year)s", quarter=part[1:], year=year)
        return format_date(
            self.env, date(int(year), int(part), 1), date_format="LLLL y"
        )

    def _is_sure(self, p):
        """Return whether chance alone is unlikely."""
        return p is not None and p < 1 - self.result["confidence"]
