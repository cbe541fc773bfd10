# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import BaseCase, tagged

from ..engine.market import rhythm


@tagged("post_install", "-at_install")
class TestMarketTools(BaseCase):
    """The examples in the documentation of plain functions hold."""

    def test_examples(self):
        self.assertEqual(doctest.testmod(rhythm).failed, 0)
