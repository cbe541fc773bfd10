# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .need_common import NeedCommon


@tagged("post_install", "-at_install")
class TestUiNeed(NeedCommon, HttpCase):
    """From need to quotation in the browser."""

    browser_size = "1366x768"

    def test_a_salesperson_goes_from_need_to_quotation(self):
        self.start_tour(
            f"/odoo/crm/{self.lead.id}",
            "sales_need_to_quotation",
            login="test_salesperson",
        )
        self.env.invalidate_all()
        self.assertRecordValues(
            self.lead.sales_need_ids, [{"urgency": "5", "is_incomplete": True}]
        )
        solution = self.lead.sales_solution_ids
        self.assertEqual(solution.state, "presented")
        self.assertEqual(solution.order_ids.order_line.product_id, self.product)

    def test_a_salesperson_notes_people_and_process(self):
        self._create_stakeholder(self.customer_north, self.north_contact)
        file = self.env["sales.customer.file"].create(
            {"partner_id": self.customer_north.id}
        )
        view = self.env.ref(
            "sales_efficiency_process.sales_customer_file_view_form_process"
        )
        action = self.env["ir.actions.act_window"].create(
            {
                "name": "Process",
                "res_model": "sales.customer.file",
                "res_id": file.id,
                "view_id": view.id,
                "view_mode": "form",
            }
        )
        self.start_tour(
            f"/odoo/action-{action.id}/{file.id}",
            "sales_people_of_customer",
            login="test_salesperson",
        )
        self.assertIn("washing", file.business_process)

    def test_a_director_weighs(self):
        self.start_tour(
            "/odoo/sales-need-weights", "sales_need_weights", login="test_director"
        )
        weights = self.env["sales.need.weight"].search([])
        self.assertEqual((weights.urgency, weights.importance), (50, 10))
