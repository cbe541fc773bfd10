# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceTies(PriceCommon):
    """Prices beside those of competitors, in contracts, and approvals that wait."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Test Deal",
                "type": "opportunity",
                "partner_id": cls.customer_north.id,
                "user_id": cls.salesperson.id,
                "team_id": cls.team_field.id,
                "expected_revenue": 5000.0,
            }
        )
        cls.order = cls._create_quotation(85.0, opportunity_id=cls.lead.id)

    def _create_price(self, name, price, day):
        competitor = self.env["sales.competitor"].search([("name", "=", name)])
        if not competitor:
            competitor = competitor.create({"name": name})
            self.env["sales.competitor.product"].create(
                {
                    "competitor_id": competitor.id,
                    "name": f"Goods of {name}",
                    "product_id": self.product.id,
                }
            )
        self.env["sales.competitor.price"].create(
            {"offer_id": competitor.product_ids.id, "price": price, "date": day}
        )
        return competitor

    def test_the_newest_prices_of_the_named_competitors_are_beside_the_line(self):
        named = self._create_price("Test Rival", 84.0, "2026-08-01")
        self._create_price("Test Rival", 82.5, "2026-10-01")
        self._create_price("Test Other Rival", 70.0, "2026-10-01")
        self.lead.sales_competitor_ids = named
        line = self.order.with_user(self.salesperson).order_line
        self.assertIn("Test Rival", line.competitor_prices)
        self.assertIn("82.50", line.competitor_prices)
        self.assertNotIn("84.00", line.competitor_prices)
        self.assertNotIn("Other", line.competitor_prices)

    def test_who_does_not_see_the_opportunity_sees_no_prices(self):
        self.lead.sales_competitor_ids = self._create_price(
            "Test Rival", 84.0, "2026-08-01"
        )
        self.lead.write({"user_id": self.outsider.id, "team_id": self.team_other.id})
        self.assertFalse(
            self.order.with_user(self.salesperson).order_line.competitor_prices
        )

    def test_a_contract_waits_for_the_prices_of_its_quotation(self):
        action = self.order.with_user(self.salesperson).action_make_contract()
        contract = self.env["agreement"].browse(action["res_id"])
        with self.assertRaisesRegex(UserError, "below the floor"):
            contract.with_user(self.salesperson)._freeze()
        # Within their limit leaders approve it by that.
        contract.with_user(self.leader)._check_prices_of(self.order.ids)
        contract.with_user(self.salesperson)._check_prices_of(self.order.ids)

    def test_a_draft_is_not_printed_with_the_value_of_a_held_quotation(self):
        order = self.order.with_user(self.salesperson)
        contract = order.env["agreement"].browse(order.action_make_contract()["res_id"])
        report = "sales_efficiency_process.action_report_sales_contract"
        with self.assertRaisesRegex(UserError, "below the floor"):
            order.env["ir.actions.report"]._render_qweb_html(report, contract.ids)
        self.order.order_line.price_unit = 87.5
        contract._check_may_be_printed()

    def test_a_solution_shows_no_price_below_the_floor(self):
        """As when the pricelist of the customer is below it"""
        solution = (
            self.env["sales.solution"]
            .with_user(self.salesperson)
            .create(
                {
                    "name": "Solution",
                    "partner_id": self.customer_north.id,
                    "company_id": self.company.id,
                    "line_ids": [Command.create({"product_id": self.product.id})],
                }
            )
        )
        price = solution.line_ids.price_unit
        solution._check_prices()
        self._create_floor("price", lowest_price=price * 1.04)
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "below the floor"):
            solution._check_prices()
        solution.with_user(self.leader)._check_prices()  # within their limit
        solution.line_ids.price_unit = price * 1.04
        solution._check_prices()

    def test_messages_of_a_request_reach_no_customer(self):
        request = self._request(self.order)
        request.sudo().message_subscribe(self.customer_north.ids)
        self.assertNotIn(self.customer_north, request.sudo().message_partner_ids)

    def _get_waiting(self, start, end):
        waste = self.env["sales.waste"]._find_waste(
            Scope(self.company.id), ["price_approval"]
        )
        self.env.flush_all()
        documents = waste.get_documents(Period(start, end))
        return {id_: (days, money) for id_, days, money in documents}

    def test_days_until_the_decision_are_lost(self):
        with freeze_time("2026-10-12 00:00:00"):  # a Monday
            request = self._request(self.order)
        with freeze_time("2026-10-14 00:00:00"):
            days, money = self._get_waiting(date(2026, 10, 1), date(2026, 10, 31))[
                request.id
            ]
            self.assertAlmostEqual(float(days), 2.0, 1)
            self.assertEqual(float(money), 85.0)
            self._approve(request)
            self.assertEqual(request.decided_on, datetime(2026, 10, 14))
        days, money = self._get_waiting(date(2026, 10, 1), date(2026, 10, 31))[
            request.id
        ]
        self.assertAlmostEqual(float(days), 2.0, 1)
        self.assertFalse(money)

    def test_what_somebody_decides_within_their_limit_does_not_wait(self):
        self.order.with_user(self.leader).action_quotation_sent()
        self.assertFalse(self._get_waiting(date(2026, 10, 1), date(2026, 10, 31)))

    def test_a_request_that_is_sent_again_waits_anew(self):
        with freeze_time("2026-10-12 00:00:00"):
            request = self._request(self.order)
            self.env.invalidate_all()
            request.with_user(self.leader)._rejected_tier()
        request.action_draft()
        request.action_submit()
        self.assertFalse(request.decided_on)
        self.assertEqual(request.submitted_on, datetime(2026, 10, 15, 12))
