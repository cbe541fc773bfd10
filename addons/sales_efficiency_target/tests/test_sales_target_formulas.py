# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import random
from datetime import date, timedelta
from decimal import Decimal
from math import isclose

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..engine import DERIVED, ResultStatements, attainment, derive, levels, sum_up

ROWS = 5000
FLAGS = ("is_additive", "is_rate", "higher_is_better")
# Stored values, aggregated by their formula or by addition
GROUPED = (
    "gap",
    "gap_per_day",
    "deviation",
    "with_pipeline",
    "attainment",
    "pace",
    "growth",
    "projected_growth",
    "moved",
)


@tagged("post_install", "-at_install")
class TestSalesTargetFormulas(TransactionCase):
    """Each number has a single definition for stored results, groups and values
    computed on demand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rng = random.Random(9)
        cls.results = cls.env["sales.target.result"]
        cls.statements = ResultStatements(cls.results)
        cls.metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")

    def _draw(self, *others):
        figure = self.rng.choice([9, 999, 999_999_999])
        return self.rng.choice([*others, 0.0, round(self.rng.uniform(0.01, figure), 2)])

    def _row(self, **fixed):
        """Return a random row: of a rate or a sum, where more or less is better, for a
        period that has begun or not."""

        def figure(*others):
            return self._draw(-self._draw(), *others)

        row = {
            "is_additive": self.rng.random() < 0.7,
            "higher_is_better": self.rng.random() < 0.6,
            "amount": self._draw(),
            "expected": self._draw(None),
            "actual": figure(None),
            "last_year": figure(None),
            "last_year_whole": figure(None),
            "pipeline": self._draw(None),
            "remaining_days": self._draw(),
            "closed_actual": figure(None),
            "actual_to_date": figure(None),
            "expected_to_date": self._draw(None),
        } | fixed
        return row | {"is_rate": not row["is_additive"] and self.rng.random() < 0.8}

    def _derive_in_database(self, rows):
        names = list(rows[0])
        figures = SQL(", ").join(
            SQL("%(n)s::bool AS %(n)s", n=SQL.identifier(name))
            if name in FLAGS
            else SQL("%(n)s::float8 AS %(n)s", n=SQL.identifier(name))
            for name in names
        )
        values = SQL(", ").join(SQL("%s", tuple(row.values())) for row in rows)
        return self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM (SELECT %s FROM (VALUES %s) AS row (%s)) r",
                SQL(", ").join(
                    SQL("%s AS %s", self.statements.value(name), SQL.identifier(name))
                    for name in DERIVED
                ),
                figures,
                values,
                SQL(", ").join(map(SQL.identifier, names)),
            )
        )

    def test_examples_of_the_documentation_are_true(self):
        for module in (attainment, levels):
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_database_and_python_say_the_same_to_the_last_digit(self):
        rows, statuses = [self._row() for _number in range(ROWS)], set()
        for row, stored in zip(rows, self._derive_in_database(rows), strict=True):
            derived = derive(row)
            statuses.add(derived["status"])
            for name in DERIVED:
                self.assertEqual(stored[name], derived[name], (name, row))
        self.assertEqual(len(statuses), 4)

    def test_groups_say_the_same_of_their_sums(self):
        groups = []
        for number in range(ROWS // 10):
            fixed = {
                "is_additive": True,
                "higher_is_better": self.rng.random() < 0.6,
                "remaining_days": self._draw(),
            }
            # Within a group, these values are known for all rows or for none.
            is_known = {
                name: self.rng.random() < 0.8
                for name in ("actual", "expected", "pipeline", "closed_actual")
            }
            size = self.rng.randint(1, 4)
            groups.append(
                [self._known(self._row(**fixed), is_known) for _n in range(size)]
            )
            self._insert(number, groups[-1])
        found = self.results._read_group(
            [("date_from", "<", date(1950, 1, 1))],
            ["date_from:day"],
            [f"{name}:sum" for name in GROUPED],
            order="date_from:day",
        )
        self.assertEqual(len(found), len(groups))
        for rows, (_day, *figures) in zip(groups, found, strict=True):
            sums = derive(sum_up(rows))
            closed = [row["closed_actual"] for row in rows]
            known = None if None in closed else sum(closed)
            sums["moved"] = attainment.move(sums["actual"], known)
            for name, figure in zip(GROUPED, figures, strict=True):
                # Groups return 0 for None.
                same = isclose(figure or 0, sums[name] or 0, rel_tol=1e-14)
                self.assertTrue(same, (name, figure, sums[name], rows))

    def _known(self, row, is_known):
        for name, known in is_known.items():
            row[name] = (row[name] or 1.0) if known else None
        exact = {
            name: Decimal(repr(figure)) if isinstance(figure, float) else figure
            for name, figure in row.items()
        }
        derived = derive(row)
        return (
            exact
            | {
                name: Decimal(f"{derived[name]:.15g}")
                if isinstance(derived[name], float | int)
                else derived[name]
                for name in DERIVED
            }
            | {"original_amount": Decimal(0)}
        )

    def _insert(self, number, rows):
        """Insert results of one day, which identifies their group."""
        names = [name for name in rows[0] if name in self.results._fields]
        for place, row in enumerate(rows):
            values = {name: row[name] for name in names} | {
                "target_id": -1 - place,
                "metric_id": self.metric.id,
                "period": "month",
                "level": 1,
                "date_from": date(1900, 1, 1) + timedelta(days=number),
            }
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_target_result (%s) VALUES %s",
                    SQL(", ").join(map(SQL.identifier, values)),
                    tuple(values.values()),
                )
            )

    def test_nothing_of_what_should_be_little_is_reached_and_has_no_attainment(self):
        row = {"is_additive": True, "is_rate": False, "higher_is_better": False}
        row |= {"amount": 20, "expected": 10, "last_year": 5}
        for actual in (0, -5):
            derived = derive(row | {"actual": actual})
            self.assertEqual(derived["status"], "reached")
            self.assertIsNone(derived["attainment"])
            self.assertIsNone(derived["pace"])
            [stored] = self._derive_in_database([self._row(**row, actual=actual)])
            self.assertEqual(stored["status"], "reached")
            self.assertIsNone(stored["attainment"])
