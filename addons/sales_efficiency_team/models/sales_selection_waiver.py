# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

CONTENT = {"applicant_id", "part_ids", "reason"}


class SalesSelectionWaiver(models.Model):
    """Parts of the selection that an applicant is spared, with a reason."""

    _name = "sales.selection.waiver"
    _inherit = [
        "sales.applicant.mixin",
        "sales.submission.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Waiver in the Selection"
    _order = "id desc"
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "rejected"

    part_ids = fields.Many2many(
        comodel_name="sales.selection.part",
        string="Parts",
        required=True,
        domain="[('job_id', '=', job_id), ('is_required', '=', True)]",
        help="Required parts without which the person may get an offer.",
    )
    part_names = fields.Char(
        string="What Is Waived", compute="_compute_part_names", compute_sudo=True
    )
    reason = fields.Text(required=True, tracking=True)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )

    @api.depends("part_ids.kind")
    @api.depends_context("lang")
    def _compute_part_names(self):
        for waiver in self:
            waiver.part_names = waiver.part_ids._format_names()

    @api.constrains("part_ids", "applicant_id")
    def _check_parts(self):
        for waiver in self:
            # sudo: who approves need not see how others are selected.
            parts = waiver.sudo().part_ids
            if not parts or parts.job_id != waiver.job_id:
                raise ValidationError(
                    self.env._(
                        "Choose which parts of the selection for %s are waived.",
                        waiver.job_id.name or self.env._("no job position"),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not CONTENT.isdisjoint(vals) and not self.env.su:
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if not self.env.su:
            self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Send it to those who approve it."""
        self.check_access("write")
        self._check_state_is("draft")
        return self._submit()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_rejection(self):
        # Rejecting does not change the reviewed content.
        # sudo: reviewers may not write it; that it is their turn has been checked.
        self.sudo().with_context(skip_validation_check=True).state = "rejected"

    def _approve(self):
        self._check_state_is("submitted")
        # sudo: who may approve has been checked.
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid})

    def _check_is_draft(self):
        if any(waiver.state != "draft" for waiver in self):
            raise UserError(
                self.env._(
                    "A submitted waiver neither changes nor disappears. Ask for another"
                    " one."
                )
            )
