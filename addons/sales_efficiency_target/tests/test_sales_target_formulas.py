# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..models.sales_target_statement import DERIVED
from ..tools import add_up

FIGURES = (
    "amount",
    "expected",
    "actual",
    "last_year",
    "last_year_whole",
    "pipeline",
    "remaining_days",
)
SAME = (
    "gap",
    "gap_per_day",
    "deviation",
    "with_pipeline",
    "attainment",
    "pace",
    "growth",
    "projected_growth",
    "status",
)
# Of a group of results
GROUPED = ("deviation", "attainment", "pace", "growth", "projected_growth")


@tagged("post_install", "-at_install")
class TestSalesTargetFormulas(TransactionCase):
    """Results, the cockpit and groups say the same of the same figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(9)
        cls.results = cls.env["sales.target.result"]
        cls.metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")

    def _draw(self, *others):
        return self.rng.choice([*others, 0, round(self.rng.uniform(1, 999), 2)])

    def _row(self, is_additive=True, higher_is_better=True, has_begun=True):
        def figure():
            return self._draw(-self._draw())

        missing = () if is_additive else (None,)
        return {
            "amount": self._draw(),
            "expected": self._draw() if has_begun else None,
            "actual": self._draw(*missing, figure()),
            "last_year": self._draw(None, figure()),
            "last_year_whole": self._draw(*missing, figure()),
            "pipeline": self._draw(None) if is_additive else None,
            "remaining_days": self._draw(),
            "is_additive": is_additive,
            "is_rate": not is_additive and self.rng.random() < 0.8,
            "higher_is_better": higher_is_better,
        }

    def _rows(self, number):
        """Return rows of all kinds: rates or sums, of which more or less is better, of
        periods that have begun or not."""
        return [
            self._row(*(self.rng.random() < share for share in (0.7, 0.6, 0.85)))
            for _number in range(number)
        ]

    def _derive(self, row):
        """Return what the statements make of the figures of a row."""
        figures = [SQL("%s::float8 AS %s", row[n], SQL.identifier(n)) for n in FIGURES]
        flags = [
            SQL("%s AS %s", row[name], SQL.identifier(name))
            for name in ("is_additive", "is_rate")
        ]
        direction = 1 if row["higher_is_better"] else -1
        names = [name for name in DERIVED if name != "moved"]
        [found] = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM (SELECT %s, %s AS direction, 7.0::float8"
                " AS expected_to_date, 5.0::float8 AS actual_to_date) r",
                SQL(", ").join(
                    SQL("%s AS %s", SQL(DERIVED[name]), SQL.identifier(name))
                    for name in names
                ),
                SQL(", ").join([*figures, *flags]),
                direction,
            )
        )
        return found

    def _assert_same(self, one, other, names, row):
        for name in names:
            if isinstance(other[name], float | int) and one[name] is not None:
                self.assertAlmostEqual(one[name], other[name], 6, (name, row))
            else:
                self.assertEqual(one[name], other[name], (name, row))

    def test_the_cockpit_says_the_same_of_a_result(self):
        statuses = set()
        for row in self._rows(500):
            stored = self._derive(row)
            sums = add_up(
                [row | {"projected": stored["projected"], "original_amount": 0}]
            )
            self._assert_same(stored, sums, SAME, row)
            statuses.add(stored["status"])
        self.assertEqual(len(statuses), 4)

    def test_a_group_says_the_same_as_the_cockpit(self):
        for number in range(60):
            kind = (True, self.rng.random() < 0.6, self.rng.random() < 0.85)
            rows = [self._row(*kind) for _row in range(self.rng.randint(2, 4))]
            for row in rows:
                row |= self._derive(row) | {"original_amount": 0}
            self._insert(number, rows)
            [figures] = self.results._read_group(
                [("target_id", "=", -1 - number)],
                [],
                [f"{name}:sum" for name in GROUPED],
            )
            sums = add_up(rows)
            found = dict(zip(GROUPED, figures, strict=True))
            # Nothing reads as 0, and so it does in a group.
            self._assert_same(
                {name: found[name] or 0 for name in GROUPED},
                {name: sums[name] or 0 for name in GROUPED},
                GROUPED,
                rows,
            )

    def _insert(self, number, rows):
        names = [n for n in rows[0] if n in self.results._fields]
        for place, row in enumerate(rows):
            values = {name: row[name] for name in names} | {
                "target_id": -1 - number,
                "metric_id": self.metric.id,
                "period": "year",
                "level": 1,
                "date_from": date(1900 + place, 1, 1),
            }
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_target_result (%s) VALUES %s",
                    SQL(", ").join(map(SQL.identifier, values)),
                    tuple(values.values()),
                )
            )
