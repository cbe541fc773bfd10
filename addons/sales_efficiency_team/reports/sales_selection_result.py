# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

SHOWN = (
    "active",
    "company_id",
    "date_closed",
    "job_id",
    "partner_name",
    "refuse_reason_id",
    "sales_interview_score",
    "sales_is_scored",
    "sales_is_tested",
    "sales_score",
    "sales_scorecard_count",
    "sales_screening_score",
    "sales_test_score",
    "stage_id",
    "user_id",
)


class SalesSelectionResult(models.Model):
    """Scores of applicants, side by side for each job (policy 4.1.3).

    A view of the application with rules of its own: interviewers see nothing of it
    until their own scores are in.
    """

    _name = "sales.selection.result"
    _description = "Selection Result"
    _auto = False
    _order = "job_id, score desc, id"
    _rec_name = "name"
    _depends = {"hr.applicant": SHOWN}

    applicant_id = fields.Many2one(
        comodel_name="hr.applicant", string="Application", readonly=True
    )
    name = fields.Char(string="Applicant", readonly=True)
    job_id = fields.Many2one(
        comodel_name="hr.job", string="Job Position", readonly=True
    )
    stage_id = fields.Many2one(comodel_name="hr.recruitment.stage", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Recruiter", readonly=True
    )
    status = fields.Selection(
        selection=[
            ("ongoing", "Ongoing"),
            ("hired", "Hired"),
            ("refused", "Refused"),
        ],
        readonly=True,
    )
    score = fields.Float(
        digits=(16, 2),
        # An average would count who lacks a part as 0.
        aggregator=None,
        readonly=True,
        help="Weighted mean of the parts that there are, of 100.",
    )
    is_scored = fields.Boolean(readonly=True)
    screening_score = fields.Float(
        string="CV Screening", digits=(16, 2), aggregator=None, readonly=True
    )
    test_score = fields.Float(
        string="Written Test", digits=(16, 2), aggregator=None, readonly=True
    )
    is_tested = fields.Boolean(readonly=True)
    interview_score = fields.Float(
        string="Interviews", digits=(16, 2), aggregator=None, readonly=True
    )
    scorecard_count = fields.Integer(
        string="Scorecards", aggregator="sum", readonly=True
    )
    missing_parts = fields.Char(
        string="Still Missing",
        compute="_compute_missing_parts",
        help="Required parts of the selection without which there is no offer.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT applicant.id,
                   applicant.id AS applicant_id,
                   applicant.partner_name AS name,
                   applicant.job_id,
                   applicant.stage_id,
                   applicant.company_id,
                   applicant.user_id,
                   CASE WHEN applicant.refuse_reason_id IS NOT NULL
                             OR NOT applicant.active THEN 'refused'
                        WHEN applicant.date_closed IS NOT NULL THEN 'hired'
                        ELSE 'ongoing' END AS status,
                   applicant.sales_score AS score,
                   applicant.sales_is_scored AS is_scored,
                   applicant.sales_screening_score AS screening_score,
                   applicant.sales_test_score AS test_score,
                   applicant.sales_is_tested AS is_tested,
                   applicant.sales_interview_score AS interview_score,
                   applicant.sales_scorecard_count AS scorecard_count
              FROM hr_applicant applicant
             WHERE applicant.job_id IS NOT NULL
            """
        )

    @api.depends("applicant_id")
    @api.depends_context("lang")
    def _compute_missing_parts(self):
        # sudo: who sees the result may know what it lacks.
        missing = self.sudo().applicant_id._get_missing_sales_parts()
        for result in self:
            parts = missing.get(result.sudo().applicant_id)
            result.missing_parts = parts._format_names() if parts else False

    @api.readonly
    def action_open_applicant(self):
        self.ensure_one()
        return self.applicant_id._get_records_action()
