# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import Newcomer


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    sales_attendance_ids = fields.One2many(
        comodel_name="sales.training.attendance",
        inverse_name="employee_id",
        string="Trainings",
        groups="hr.group_hr_user",
    )
    sales_onboarding_ids = fields.One2many(
        comodel_name="sales.onboarding",
        inverse_name="employee_id",
        string="Onboardings",
        groups="hr.group_hr_user",
    )
    sales_onboarding_progress = fields.Float(
        string="Onboarding (%)",
        digits=(16, 1),
        compute="_compute_sales_onboarding",
        groups="hr.group_hr_user",
    )
    sales_can_start_onboarding = fields.Boolean(
        compute="_compute_sales_onboarding",
        groups="hr.group_hr_user",
        export_string_translation=False,
    )

    @api.depends(
        "active",
        "job_id",
        "sales_onboarding_ids.progress",
        "sales_onboarding_ids.state",
    )
    def _compute_sales_onboarding(self):
        for employee in self:
            current = employee.sales_onboarding_ids.filtered(
                lambda onboarding: onboarding.state != "stopped"
            )
            employee.sales_onboarding_progress = current[:1].progress
            employee.sales_can_start_onboarding = (
                employee.active
                and employee.job_id not in current.job_id
                and employee.job_id._has_sales_onboarding()
            )

    def write(self, vals):
        res = super().write(vals)
        if vals.get("user_id"):
            for employee in self:
                Newcomer(employee).join_team()
            # sudo: whoever gives employees a user need not see their onboarding.
            self.sudo().sales_onboarding_ids._welcome()
        if "active" in vals and not vals["active"]:
            # sudo: as above; nobody has to learn any more.
            onboardings = self.sudo().sales_onboarding_ids
            onboardings.filtered(lambda o: o.state == "running")._stop()
        return res

    def action_start_sales_onboarding(self):
        """Start the onboarding of the job, once."""
        self.ensure_one()
        self.check_access("write")
        onboarding = self.env["sales.onboarding"]._start(self)
        if not onboarding:
            raise UserError(
                self.env._(
                    "Nothing is defined for newcomers in this job: %s. Enter the"
                    " courses or the activity plan of its onboarding first.",
                    self.job_id.name or self.env._("no job position"),
                )
            )
        return onboarding.with_env(self.env)._get_records_action()

    @api.readonly
    def action_open_sales_onboarding(self):
        self.ensure_one()
        return self.sales_onboarding_ids._get_records_action(
            name=self.env._("Onboarding")
        )
