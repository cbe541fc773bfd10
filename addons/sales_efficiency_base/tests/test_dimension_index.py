# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from inspect import getmodule
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import sql

from ..models import sales_fact_cell
from ..tools import DimensionIndex

INDEX = "sales_fact_cell_key"


@tagged("post_install", "-at_install")
class TestDimensionIndex(TransactionCase):
    """Add-ons are loaded one by one, so some dimensions are added later."""

    def _load(self, *keys, loaded=False):
        """Apply the indexes of the cells as if only these dimensions existed so far.

        :return: definition of the resulting index
        """
        with (
            patch.object(self.registry, "loaded", loaded),
            patch.object(sales_fact_cell, "get_keys", lambda _registry: keys),
        ):
            self.env["sales.fact.cell"]._add_sql_constraints()
        return sql.index_definition(self.env.cr, INDEX)[1]

    def test_examples_of_the_documentation_are_true(self):
        results = doctest.testmod(getmodule(DimensionIndex))
        self.assertTrue(results.attempted)
        self.assertFalse(results.failed)

    def test_a_dimension_that_is_not_loaded_yet_stays_in_the_key(self):
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        self.assertIn("team_id", self._load("region_id", "team_id", loaded=True))
        self.assertIn("team_id", self._load("region_id"))

    def test_a_new_dimension_joins_the_key_at_once(self):
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        self.assertNotIn("team_id", self._load("region_id", loaded=True))
        self.assertIn("team_id", self._load("region_id", "team_id"))

    def test_a_new_dimension_does_not_oust_one_that_is_not_loaded_yet(self):
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        self._load("region_id", "team_id", loaded=True)
        index = self._load("region_id", "channel_id")
        for name in ("region_id", "team_id", "channel_id"):
            self.assertIn(name, index)
        self.assertEqual(self._load("channel_id", "region_id"), index)

    def test_a_dimension_that_is_gone_leaves_the_key_when_all_are_loaded(self):
        self.env.cr.execute("DELETE FROM sales_fact_cell")
        self._load("region_id", "team_id", loaded=True)
        self.assertNotIn("team_id", self._load("region_id", loaded=True))
