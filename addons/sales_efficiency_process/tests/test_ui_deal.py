# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .deal_common import DealCommon


@tagged("post_install", "-at_install")
class TestUiDeal(DealCommon, HttpCase):
    """A deal is negotiated, written down and signed in the browser (3.3.2, 3.3.3)."""

    def test_a_salesperson_negotiates(self):
        self._send(self._create_offer((10, 100.0)))
        self.start_tour(
            f"/odoo/action-crm.crm_lead_opportunities/{self.lead.id}",
            "sales_deal_of_salesperson",
            login="test_salesperson",
        )
        negotiation = self.env["sales.negotiation"].search(
            [("lead_id", "=", self.lead.id)]
        )
        self.assertEqual(negotiation.bottom_amount, 900)
        self.assertEqual(negotiation.round_ids.offer_amount, 950)
        self.assertAlmostEqual(negotiation.concession_percent, 5)

    def test_a_contract_is_checked_reviewed_and_signed(self):
        contract = self._create_contract()
        url = (
            f"/odoo/action-sales_efficiency_process.sales_contract_action/{contract.id}"
        )
        self.start_tour(url, "sales_contract_of_salesperson", login="test_salesperson")
        self.assertEqual(contract.state, "submitted")
        self.start_tour(url, "sales_contract_of_leader", login="test_leader")
        self.env.invalidate_all()
        self.assertEqual(contract.state, "approved")
        self._send_to_sign(contract)
        path = contract._get_sign_url()[len(contract.get_base_url()) :]
        self.env.flush_all()
        self.start_tour(path, "sales_contract_of_customer")
        self.env.invalidate_all()
        self.assertEqual(contract.customer_signed_by, "Nora North")
        self.start_tour(url, "sales_contract_of_director", login="test_director")
        self.env.invalidate_all()
        self.assertEqual(contract.state, "signed")

    def test_two_versions_are_compared(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.price_unit = 95
        self._send(order)
        self.start_tour(
            f"/odoo/action-sale.action_quotations/{order.id}",
            "sales_versions_of_salesperson",
            login="test_salesperson",
        )
