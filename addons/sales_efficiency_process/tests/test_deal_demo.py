# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDealDemo(DemoCase):
    """The demo company negotiates, and has contracts in each step."""

    def test_negotiations_tell_what_was_given_way(self):
        negotiations = self.env["sales.negotiation"].search([])
        self.assertLessEqual({"open", "agreed"}, set(negotiations.mapped("state")))
        for negotiation in negotiations:
            self.assertGreater(negotiation.first_amount, negotiation.bottom_amount)
            self.assertGreater(negotiation.concession_amount, 0)
            self.assertFalse(negotiation.is_below_bottom)
            self.assertFalse(any(negotiation.round_ids.mapped("is_for_nothing")))

    def test_quotations_have_versions_to_compare(self):
        versions = self.env["sales.quotation.version"].search([("number", "=", 2)])
        self.assertTrue(versions)
        self.assertTrue(all(versions.mapped("document")))

    def test_contracts_in_each_step(self):
        contracts = self.env["agreement"].search([("domain", "=", "sale")])
        states = set(contracts.mapped("state"))
        self.assertLessEqual({"draft", "submitted", "sent", "signed"}, states)
        # Those of the demo data of OCA's add-on have no files.
        signed = contracts.filtered(lambda c: c.state == "signed" and c.file_ids)
        self.assertTrue(signed)
        self.assertTrue(all(signed.mapped("signed_sha256")))
        self.assertTrue(signed.filtered("notice_told_on"))
        self.assertTrue(contracts.filtered("unsigned_told_on"))

    def test_no_mail_goes_to_customers(self):
        templates = self.env["ir.model.data"].search(
            [
                ("module", "=", "sales_efficiency_process"),
                ("model", "=", "mail.template"),
                ("name", "like", "mail_template_contract_%"),
            ]
        )
        self.assertEqual(len(templates), 3)
        mails = self.env["mail.mail"].sudo().search([("model", "=", "agreement")])
        outgoing = mails.filtered(lambda mail: mail.state == "outgoing")
        self.assertFalse(outgoing.filtered("email_to"))
        self.assertFalse(outgoing.recipient_ids.filtered("partner_share"))
