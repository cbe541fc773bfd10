# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64decode

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import take_turns

from ..engine.deal import check_file


class SalesContractUpload(models.TransientModel):
    """Takes the contract that both sides have signed on paper (policy 3.3.3)."""

    _name = "sales.contract.upload"
    _inherit = ["sales.guard.mixin"]
    _description = "Upload a Signed Contract"
    _protects_readonly = False

    agreement_id = fields.Many2one(
        comodel_name="agreement",
        string="Contract",
        required=True,
        ondelete="cascade",
    )
    document = fields.Binary(string="Signed Document")
    document_name = fields.Char(string="File Name")
    customer_signed_by = fields.Char(string="Signed for the Customer By")
    own_signed_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Signed for Us By",
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    signature_date = fields.Date(
        string="Signed On", default=lambda self: self.env.user._get_sales_today()
    )

    def action_upload(self):
        """Keep the document as it is; it is never replaced."""
        self.ensure_one()
        contract = self.agreement_id
        contract.check_access("write")
        take_turns(contract)
        contract.invalidate_recordset()
        if contract.state != "sent":
            contract._check_state_is("approved")
        contract._check_nobody_signed()
        content = b64decode(self.with_context(bin_size=False).document or b"")
        self._check_document(content)
        self._check_signatures()
        moment = fields.Datetime.now()
        # sudo: users cannot write who has signed; that they may say so was checked.
        contract.sudo().write(
            {
                "customer_signed_by": self.customer_signed_by,
                "customer_signed_on": moment,
                "own_signed_by_id": self.own_signed_by_id.id,
                "own_signed_on": moment,
            }
        )
        contract._keep_signed(content, self.signature_date)
        self._tell_signatory()
        return {"type": "ir.actions.act_window_close"}

    def _tell_signatory(self):
        """Whoever is named as having signed for us hears of it."""
        signatory = self.own_signed_by_id
        if signatory == self.env.user:
            return
        # sudo: the signatory is told, whoever uploads.
        contract = self.agreement_id.sudo().with_context(
            lang=signatory.lang, skip_validation_check=True
        )
        contract.message_notify(
            partner_ids=signatory.partner_id.ids,
            subject=contract.display_name,
            body=contract.env._(
                "%(user)s has uploaded %(contract)s. You are named as the one who has"
                " signed it for the company.",
                user=self.env.user.name,
                contract=contract.display_name,
            ),
        )

    def _check_document(self, content):
        if problem := check_file(content, with_pictures=True):
            contract = self.agreement_id
            raise UserError(contract._explain_file(problem, with_pictures=True))

    def _check_signatures(self):
        if not (self.customer_signed_by or "").strip() or not self.own_signed_by_id:
            raise UserError(self.env._("Say who has signed for each side."))
        if not self.agreement_id._may_sign(self.own_signed_by_id):
            raise UserError(
                self.env._(
                    "%s may not sign for the company. Directors and those named in the"
                    " settings do.",
                    self.own_signed_by_id.name,
                )
            )
        today = self.agreement_id._get_contract_company()._get_sales_today()
        if not self.signature_date or self.signature_date > today:
            raise UserError(self.env._("Enter the day of the signature, not later."))
