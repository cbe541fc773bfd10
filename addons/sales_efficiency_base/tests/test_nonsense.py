# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from . import nonsense
from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestNonsense(nonsense.NonsenseCommon):
    addon = "sales_efficiency_base"


@tagged("post_install", "-at_install")
class TestNonsenseInDocuments(SalesEfficiencyCommon):
    def test_figures_are_dated_in_a_time_zone_that_exists(self):
        for zone in ("Mars/Phobos", 8, "utc+8"):
            with self.assertRaisesRegex(ValidationError, "Time Zone of Sales Figures"):
                self.company.sales_tz = zone
        self.assertEqual(self.company.sales_tz, "UTC")

    def test_an_import_names_the_cell_that_nothing_can_be_counted_with(self):
        lines = self.env["sales.history.line"].with_user(self.director)
        for cells, reason in (
            (("2025-01-15", "nan"), "Amount cannot be nan"),
            (("2025-01-15", "1e30"), "Amount cannot be 1e"),
            (("9999-12-31", "5"), "Date cannot be 9999-12-31"),
        ):
            answer = lines.load(["date", "amount"], [cells])
            self.assertFalse(answer["ids"])
            self.assertIn(reason, answer["messages"][0]["message"])

    def test_documents_of_any_date_leave_the_figures_readable(self):
        """Odoo accepts any order date: absurd ones count on the first or the last day
        that figures support."""
        self.company.sales_tz = "Asia/Taipei"
        orders = self.env["sale.order"]
        for day in ("0001-01-01 00:00:00", "9999-12-31 23:59:59"):
            order = self._create_order()
            order.action_confirm()
            order.date_order = day
            orders |= order
        leads = self.env["crm.lead"].create(
            [{"name": "Won", "type": "opportunity", "company_id": self.company.id}]
        )
        leads.action_set_won()
        leads.date_closed = "9999-12-31 23:59:59"
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].with_user(self.director)
        for name, documents in (("order", orders), ("opportunity", leads)):
            dates = facts.search(
                [("source", "=", name), ("res_id", "in", documents.ids)]
            ).mapped("date")
            self.assertTrue(dates)
            self.assertGreaterEqual(min(dates), date(1900, 1, 1))
            self.assertLessEqual(max(dates), date(2100, 12, 31))
        self.assertTrue(facts.formatted_read_group([], ["date:month"], ["amount:sum"]))
