# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Days in the past for which a contact can be logged
PAST = 366


class SalesContactLog(models.TransientModel):
    """Logs a contact with a customer that has taken place, in two taps."""

    _name = "sales.contact.log"
    _inherit = "sales.guard.mixin"
    _description = "Log a Contact"

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="How",
        required=True,
        compute="_compute_activity_type_id",
        store=True,
        readonly=False,
        domain="[('sales_is_contact', '=', True),"
        " ('res_model', 'in', (False, 'res.partner'))]",
    )
    date = fields.Date(
        string="When",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    note = fields.Text(string="Result")

    @api.depends("partner_id", "company_id")
    def _compute_activity_type_id(self):
        policies = self.env["sales.service.policy"]
        for log in self:
            found = policies.with_company(log.company_id)._get_policies(log.partner_id)
            log.activity_type_id = (
                found.get(log.partner_id, policies).activity_type_id
                or policies._default_activity_type_id()
            )

    def action_log(self):
        """Log the contact as a done activity of the customer."""
        self.ensure_one()
        self._check_day()
        if not self.activity_type_id.sales_is_contact:
            raise UserError(
                self.env._("Choose a type of activity that counts as a contact.")
            )
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activity = activities.create(
            {
                "activity_type_id": self.activity_type_id.id,
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.partner_id.id,
                "user_id": self.env.uid,
                "date_deadline": self.date,
            }
        )
        # sudo: the day that was checked above, and the company of the plan.
        activity.sudo().write(
            {
                "sales_done_at": self._get_moment(),
                "sales_company_id": self.company_id.id,
            }
        )
        activity._action_done(feedback=self.note)
        return {"type": "ir.actions.act_window_close"}

    def _get_moment(self):
        if self.date == self.company_id._get_sales_today():
            return fields.Datetime.now()
        return self.company_id._get_sales_moment(self.date, hour=12)

    def _check_day(self):
        today = self.company_id._get_sales_today()
        if self.date > today:
            raise UserError(
                self.env._("This day is still to come. Schedule an activity instead.")
            )
        if self.date < today - timedelta(days=PAST):
            raise UserError(
                self.env._("Contacts are logged for the last twelve months only.")
            )
