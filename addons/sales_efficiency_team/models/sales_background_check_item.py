# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = ("identity", "education", "employment", "reference")
FINDINGS = {"result", "note", "proof", "proof_filename"}


class SalesBackgroundCheckItem(models.Model):
    """One thing that is verified, with its result and proof."""

    _name = "sales.background.check.item"
    _inherit = "sales.guard.mixin"
    _description = "Item of a Background Check"
    _order = "check_id, id"
    _fixed_fields = ("check_id",)

    check_id = fields.Many2one(
        comodel_name="sales.background.check",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="check_id.company_id", store=True)
    kind = fields.Selection(
        selection=[
            ("identity", "Identity"),
            ("education", "Education"),
            ("employment", "Former Employment"),
            ("reference", "Reference"),
        ],
        string="What",
        required=True,
    )
    subject = fields.Char(
        string="Details", help="e.g. the school, the employer, or who gives reference."
    )
    result = fields.Selection(
        selection=[
            ("confirmed", "Confirmed"),
            ("deviates", "Deviates"),
            ("none", "Does Not Apply"),
        ],
        copy=False,
    )
    note = fields.Char(
        string="Proof in Words",
        copy=False,
        help="e.g. by phone with the former superior on 3 May.",
    )
    proof = fields.Binary(attachment=True, copy=False)
    proof_filename = fields.Char(copy=False, export_string_translation=False)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for item in self:
            item.display_name = names.get(item.kind)

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        if not self.env.su:
            items.check_id._check_is_open()
            found = items.filtered(lambda item: any(item[name] for name in FINDINGS))
            found._check_has_consent()
        return items

    def write(self, vals):
        if not self.env.su:
            self.check_id._check_is_open()
            if not FINDINGS.isdisjoint(vals):
                self._check_has_consent()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if not self.env.su:
            self.check_id._check_is_open()

    def _check_has_consent(self):
        for item in self:
            if item.check_id.state == "draft":
                raise UserError(
                    self.env._(
                        "%s has not given consent yet. Nothing is checked before.",
                        item.check_id.applicant_name,
                    )
                )

    def _check_is_complete(self):
        """:raise UserError: naming what lacks its result or proof"""
        for item in self:
            if not item.result:
                raise UserError(
                    self.env._("Enter the result of: %s.", item.display_name)
                )
            if item.result != "none" and not (item.proof or item.note):
                raise UserError(
                    self.env._(
                        "Attach the proof of %s, or enter it in words.",
                        item.display_name,
                    )
                )
