# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesApplicantMixin(models.AbstractModel):
    """A paper of an applicant: of their company, and erased with them."""

    _name = "sales.applicant.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Paper of an Applicant"
    _fixed_fields = ("applicant_id",)
    _check_company_auto = True

    applicant_id = fields.Many2one(
        comodel_name="hr.applicant",
        required=True,
        index=True,
        ondelete="cascade",
    )
    # Those who decide on a paper need not see the application.
    applicant_name = fields.Char(
        related="applicant_id.partner_name", string="Applicant's Name", store=True
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        string="Job Position",
        compute="_compute_job_id",
        store=True,
        precompute=True,
        index=True,
        help="Job for which the person has applied at that time.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )

    @api.depends("applicant_id")
    def _compute_job_id(self):
        for paper in self:
            paper.job_id = paper.applicant_id.job_id

    @api.depends("applicant_id.company_id")
    def _compute_company_id(self):
        for paper in self:
            company = paper.applicant_id.company_id
            paper.company_id = company or paper.company_id or self.env.company

    @api.depends("applicant_name")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = paper.applicant_name
