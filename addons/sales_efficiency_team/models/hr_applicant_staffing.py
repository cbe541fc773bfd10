# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class HrApplicant(models.Model):
    """For which position somebody applies, and who has referred them."""

    _inherit = "hr.applicant"  # pylint: disable=consider-merging-classes-inherited

    sales_staffing_line_id = fields.Many2one(
        comodel_name="sales.staffing.line",
        string="Planned Position",
        compute="_compute_sales_staffing_line_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('state', '=', 'approved'), ('job_id', '=', job_id)]",
        groups="hr_recruitment.group_hr_recruitment_user",
        tracking=True,
        help="Position of the staffing plan. If several teams hire for the job, choose"
        " the one.",
    )
    sales_referrer_id = fields.Many2one(
        comodel_name="res.users",
        string="Referred By",
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        groups="hr_recruitment.group_hr_recruitment_user",
        tracking=True,
        help="Colleague who gets the bounty of the job, once the newcomer has passed"
        " the probation.",
    )

    @api.depends("job_id")
    def _compute_sales_staffing_line_id(self):
        """Choose the position if there is only one."""
        lines = self.env["sales.staffing.line"].search(
            [
                ("job_id", "in", self.job_id.ids),
                ("state", "=", "approved"),
                ("open_count", ">", 0),
            ]
        )
        by_job = lines.grouped("job_id")
        for applicant in self:
            line = applicant.sales_staffing_line_id
            if not line or line.job_id != applicant.job_id:
                found = by_job.get(applicant.job_id, lines.browse())
                applicant.sales_staffing_line_id = len(found) == 1 and found

    @api.onchange("sales_referrer_id")
    def _onchange_sales_referrer_id(self):
        """Whoever is referred comes by referral."""
        source = self.env.ref("utm.utm_source_referral", raise_if_not_found=False)
        if self.sales_referrer_id and not self.source_id and source:
            self.source_id = source
