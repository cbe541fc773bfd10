# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import random
from inspect import getmodule

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools import (
    formula,
    get_roas,
    get_roi,
    grow,
    score_recommendation,
    score_satisfaction,
)

ROWS = 3000


@tagged("post_install", "-at_install")
class TestFormula(TransactionCase):
    """Formulas give the same results in Python and in the database."""

    def _compute(self, function, rows, *types):
        """Return the results of the database for the rows."""
        names = [SQL.identifier(f"value_{number}") for number in range(len(types))]
        found = self.env.execute_query(
            SQL(
                "SELECT %s FROM (VALUES %s) AS row (%s)",
                function.sql(
                    *(
                        SQL("%s::%s", name, SQL(type_))
                        for name, type_ in zip(names, types, strict=True)
                    )
                ),
                SQL(", ").join(SQL("%s", row) for row in rows),
                SQL(", ").join(names),
            )
        )
        return [value for [value] in found]

    def test_examples_of_the_documentation_are_true(self):
        for function in (formula, grow, get_roi, score_satisfaction):
            results = doctest.testmod(getmodule(function))
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_python_and_the_database_say_the_same_to_the_last_digit(self):
        rng = random.Random(3)

        def draw():
            figure = round(rng.uniform(-999_999, 999_999), 2)
            return rng.choice([None, 0.0, figure, figure])

        rows = [(draw(), draw(), rng.random() < 0.3) for _number in range(ROWS)]
        found = self._compute(grow, rows, "float8", "float8", "bool")
        self.assertEqual(found, [grow(*row) for row in rows])
        pairs = [row[:2] for row in rows]
        for function in (get_roi, get_roas):
            found = self._compute(function, pairs, "float8", "float8")
            self.assertEqual(found, [function(*pair) for pair in pairs])

    def test_answers_count_the_same_in_python_and_the_database(self):
        rows = [(answer,) for answer in (None, *range(11))]
        for function in (score_recommendation, score_satisfaction):
            found = self._compute(function, rows, "int")
            self.assertEqual(found, [function(*row) for row in rows])
