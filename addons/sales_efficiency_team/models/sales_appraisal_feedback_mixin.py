# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .sales_appraisal import DIRECTOR

HR = "hr.group_hr_user"


class SalesAppraisalFeedbackMixin(models.AbstractModel):
    """What is said about an appraisal. Whoever reads the appraisal reads it."""

    _name = "sales.appraisal.feedback.mixin"
    _inherit = ["sales.guard.mixin", "sales.to.do.mixin"]
    _description = "Feedback on an Appraisal"
    _to_do_type = "sales_efficiency_team.mail_activity_type_feedback"

    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="appraisal_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        related="appraisal_id.user_id", string="Person", store=True, index=True
    )
    user_name = fields.Char(related="appraisal_id.user_name", string="Name", store=True)
    cycle_id = fields.Many2one(
        related="appraisal_id.cycle_id", string="Cycle", store=True
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for feedback in self:
            feedback.is_mine = feedback.user_id == self.env.user

    @api.depends("user_name", "cycle_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for feedback in self:
            names = (feedback.user_name, feedback.cycle_id.display_name)
            feedback.display_name = ", ".join(filter(None, names))

    @api.readonly
    def action_open_appraisal(self):
        self.ensure_one()
        return self.appraisal_id._get_records_action(name=self.user_name)

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Followers get what others write, so the person is none."""
        person = set(self.user_id.partner_id.ids)
        partner_ids = [id_ for id_ in partner_ids or [] if id_ not in person]
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The person reads the document, not what others write about it."""
        return {
            feedback: "read" if feedback.user_id != self.env.user else "unlink"
            for feedback in self
        }

    @api.model
    def _is_staff(self):
        """:return: whether the user may arrange the feedback of everybody"""
        return self.env.su or self.env.user.has_groups(f"{DIRECTOR},{HR}")
