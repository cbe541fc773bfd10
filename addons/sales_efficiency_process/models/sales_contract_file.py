# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64decode, b64encode

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.deal import hash_file


class SalesContractFile(models.Model):
    """A document of a contract that never changes: what was to be signed, and what was
    signed (policy 3.3.3).

    It is a record of its own, which nobody may write: whoever may write the contract
    could replace a file of the contract itself.
    """

    _name = "sales.contract.file"
    _inherit = ["sales.default.mixin"]
    _description = "Document of a Contract"
    _order = "id desc"

    agreement_id = fields.Many2one(
        comodel_name="agreement",
        string="Contract",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        selection=[("text", "To sign"), ("signed", "Signed")],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="File Name", required=True, readonly=True)
    document = fields.Binary(
        string="File", attachment=True, required=True, readonly=True
    )
    mimetype = fields.Char(string="Type of File", readonly=True)
    sha256 = fields.Char(
        string="SHA-256",
        readonly=True,
        help="The fingerprint of the file: another file has another one.",
    )

    def write(self, vals):
        content = {"agreement_id", "document", "sha256"}
        if self and not content.isdisjoint(vals):
            raise UserError(self.env._("Documents of contracts are never replaced."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if any(file.kind == "signed" for file in self):
            raise UserError(self.env._("Signed contracts are kept."))

    @api.readonly
    def action_verify(self):
        """Compare the file with its fingerprint."""
        self.ensure_one()
        self.check_access("read")
        is_same = hash_file(self._get_content()) == self.sha256
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if is_same else "danger",
                "sticky": not is_same,
                "message": self.env._("The file is as it was signed.")
                if is_same
                else self.env._("The file is not the one that was signed."),
            },
        }

    @api.model
    def _keep(self, contract, kind, content):
        """:return: the new document of a contract, as superuser"""
        contract.ensure_one()
        mimetype, extension = self._find_type(content)
        # sudo: only code writes documents.
        return self.sudo().create(
            {
                "agreement_id": contract.id,
                "kind": kind,
                "name": f"{contract.code}{extension}".replace("/", "-"),
                "document": b64encode(content),
                "mimetype": mimetype,
                "sha256": hash_file(content),
            }
        )

    @api.model
    def _find_type(self, content):
        """:return: MIME type and extension of a file that was checked"""
        if content.startswith(b"%PDF"):
            return "application/pdf", ".pdf"
        if content.startswith(b"\x89PNG"):
            return "image/png", ".png"
        if content.startswith(b"\xff\xd8"):
            return "image/jpeg", ".jpg"
        return "text/plain", ".txt"

    def _get_content(self):
        """:return: the file, as bytes"""
        self.ensure_one()
        return b64decode(self.with_context(bin_size=False).document)
