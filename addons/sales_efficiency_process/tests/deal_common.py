# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from base64 import b64decode, b64encode
from unittest.mock import patch

from odoo import Command
from odoo.tools.pdf import PdfFileWriter

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)
PICTURE = b64decode(SIGNATURE)


class DealCommon(SalesEfficiencyCommon):
    """An opportunity of Test Salesperson with Customer North, and a type of contract
    with two clauses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Test Week", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.company.write(
            {
                "resource_calendar_id": cls.calendar.id,
                "sales_contract_reviewer_id": False,
                "sales_contract_signatory_ids": [Command.clear()],
                "sales_contract_notice_days": 60,
                "sales_contract_unsigned_days": 5,
            }
        )
        cls.customer_north.email = "north@example.com"
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Test Opportunity",
                "type": "opportunity",
                "partner_id": cls.customer_north.id,
                "user_id": cls.salesperson.id,
                "team_id": cls.team_field.id,
                "company_id": cls.company.id,
            }
        )
        cls.contract_type = cls.env["agreement.type"].create(
            {
                "name": "Test Contract",
                "domain": "sale",
                "clause_ids": [
                    Command.create({"name": "Parties", "text": "<p>Who</p>"}),
                    Command.create({"name": "Payment", "text": "<p>When</p>"}),
                ],
            }
        )

    # ------------------------------------------------------------------
    # Quotations
    # ------------------------------------------------------------------

    @classmethod
    def _create_offer(cls, *lines, **values):
        """Create a quotation for the opportunity.

        :param lines: pairs of quantity and price
        """
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer_north.id,
                "opportunity_id": cls.lead.id,
                "user_id": cls.salesperson.id,
                "team_id": cls.team_field.id,
                "order_line": [cls._offer_line(*line) for line in lines],
                **values,
            }
        )

    @classmethod
    def _offer_line(cls, quantity, price, product=None, **values):
        return Command.create(
            {
                "product_id": (product or cls.product).id,
                "product_uom_qty": quantity,
                "price_unit": price,
                "tax_ids": [],
                **values,
            }
        )

    def _send(self, order, pdf=b"%PDF-1.4 sent"):
        """Send a quotation by mail, as its salesperson."""
        order = order.with_user(self.salesperson).with_context(mark_so_as_sent=True)
        order.message_post(
            body="Our offer",
            partner_ids=order.partner_id.ids,
            attachments=[(f"Quotation - {order.name}.pdf", pdf)],
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return self._get_versions(order)[-1:]

    def _get_versions(self, order):
        """:return: the versions of a quotation, the oldest first"""
        versions = self.env["sales.quotation.version"]
        return versions.search([("order_id", "=", order.id)], order="number")

    # ------------------------------------------------------------------
    # Contracts
    # ------------------------------------------------------------------

    @classmethod
    def _create_contract(cls, user=None, **values):
        """Create a contract as its salesperson."""
        contracts = cls.env["agreement"].with_user(user or cls.salesperson)
        return contracts.create(
            {
                "name": "Test Supply",
                "partner_id": cls.customer_north.id,
                "company_id": cls.company.id,
                "agreement_type_id": cls.contract_type.id,
                "start_date": "2026-04-01",
                "end_date": "2027-03-31",
                **values,
            }
        )

    @classmethod
    def _check(cls, contract):
        contract.check_ids.action_done()
        return contract

    def _review(self, contract, *users):
        """Send it to review, and have it approved, by default by the leader."""
        self._check(contract)
        contract.action_submit()
        for user in users or [self.leader]:
            self.env.flush_all()
            self.env.invalidate_all()
            contract.with_user(user)._validate_tier()
        self.env.invalidate_all()
        return contract

    def _send_to_sign(self, contract):
        contract.with_context(mark_contract_sent=True).message_post(
            body="Please sign", partner_ids=contract.partner_id.ids
        )
        self.env.invalidate_all()
        return contract

    def _sign_for_us(self, contract, user=None):
        user = user or self.director
        wizard = self.env["sales.contract.sign"].with_user(user)
        wizard = wizard.create({"agreement_id": contract.id, "signature": SIGNATURE})
        wizard.action_sign()
        self.env.invalidate_all()

    def _sign_for_customer(self, contract, name="Nora North"):
        contract = contract.sudo()
        contract._sign_for_customer(name, SIGNATURE, contract.text_file_id.id)
        self.env.invalidate_all()

    def _upload(self, contract, content, **values):
        wizard = self.env["sales.contract.upload"].with_user(contract.env.user)
        return wizard.create(
            {
                "agreement_id": contract.id,
                "document": b64encode(content),
                "customer_signed_by": "Nora North",
                "own_signed_by_id": self.director.id,
                "signature_date": "2026-10-14",
                **values,
            }
        )

    @classmethod
    def _render(cls):
        """Render documents as an empty page, without starting a program for it."""
        path = "odoo.addons.base.models.ir_actions_report.IrActionsReport"
        answer = cls._create_pdf(), "pdf"
        return patch(f"{path}._render_qweb_pdf", lambda *args, **kwargs: answer)

    @staticmethod
    def _create_pdf(width=200):
        """:return: a PDF with one empty page"""
        writer = PdfFileWriter()
        writer.addBlankPage(width=width, height=200)
        with io.BytesIO() as stream:
            writer.write(stream)
            return stream.getvalue()
