# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from ..models.sales_status_color import SHADES


@tagged("post_install", "-at_install")
class TestSalesStatusColor(TransactionCase):
    """Statuses have one code of colours."""

    def test_every_colour_has_a_shade_for_mails(self):
        used = {
            color
            for colors in self.env["sales.status.color"]._get_colors().values()
            for color in colors.values()
        }
        self.assertLessEqual(used, SHADES.keys())

    def test_what_is_not_listed_is_grey(self):
        colors = self.env["sales.status.color"]
        self.assertEqual(colors._get_color("severity", "critical"), "danger")
        self.assertEqual(colors._get_color("severity", False), "secondary")
        self.assertEqual(colors._get_shade("severity", "critical"), SHADES["danger"])
