# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import add_up
from odoo.addons.sales_efficiency_incentive.tools import WHOLE

RECRUITING = "hr_recruitment.group_hr_recruitment_interviewer"
LINES = {"sales_part_ids", "sales_criterion_ids"}


class HrJob(models.Model):
    """How applicants are selected for a job (policy 4.1.3), and where they start."""

    _inherit = "hr.job"

    sales_part_ids = fields.One2many(
        comodel_name="sales.selection.part",
        inverse_name="job_id",
        string="Parts of the Selection",
        groups=RECRUITING,
        copy=True,
    )
    sales_criterion_ids = fields.One2many(
        comodel_name="sales.selection.criterion",
        inverse_name="job_id",
        string="Interview Criteria",
        groups=RECRUITING,
        copy=True,
    )
    sales_lacks_test = fields.Boolean(
        compute="_compute_sales_lacks_test",
        groups=RECRUITING,
        export_string_translation=False,
    )
    sales_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Joins Sales Team",
        index="btree_not_null",
        check_company=True,
        groups=RECRUITING,
        help="Team of whoever is hired for this job, unless the application names"
        " another one.",
    )
    sales_onboarding_plan_id = fields.Many2one(
        comodel_name="mail.activity.plan",
        string="Onboarding Plan",
        index="btree_not_null",
        domain="[('res_model', '=', 'hr.employee'),"
        " ('company_id', 'in', (company_id, False))]",
        groups=f"{RECRUITING},hr.group_hr_user",
        help="Started on the first day of whoever is hired for this job.",
    )
    sales_onboarding_course_ids = fields.One2many(
        comodel_name="sales.onboarding.course",
        inverse_name="job_id",
        string="Courses of Newcomers",
        groups="hr.group_hr_user",
    )

    @api.depends("sales_part_ids.kind", "survey_id.scoring_type")
    def _compute_sales_lacks_test(self):
        for job in self:
            # sudo: only whether the test is scored
            survey = job.sudo().survey_id
            is_scored = survey and survey.scoring_type != "no_scoring"
            kinds = job.sales_part_ids.mapped("kind")
            job.sales_lacks_test = "test" in kinds and not is_scored

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        whole = self.with_context(sales_selection=WHOLE)
        jobs = super(HrJob, whole).create(vals_list).with_env(self.env)
        jobs._check_sales_selection()
        return jobs

    def write(self, vals):
        if LINES.isdisjoint(vals):
            return super().write(vals)
        whole = self.with_context(sales_selection=WHOLE)
        res = super(HrJob, whole).write(vals)
        self._check_sales_selection()
        return res

    def copy(self, default=None):
        """Take the courses of newcomers along."""
        jobs = super().copy(default)
        for job, new in zip(self, jobs, strict=True):
            # sudo: recruiters, who duplicate jobs, do not edit courses.
            job.sudo().sales_onboarding_course_ids.copy({"job_id": new.id})
        return jobs

    # ------------------------------------------------------------------
    # Selection
    # ------------------------------------------------------------------

    def action_use_ready_selection(self):
        """Fill in the parts and criteria with which most sales teams can start."""
        for job in self.filtered(lambda job: not job.sales_part_ids):
            job.sales_part_ids = [
                Command.create(
                    {
                        "sequence": sequence,
                        "kind": kind,
                        "weight": weight,
                        "is_required": is_required,
                    }
                )
                for sequence, (kind, weight, is_required) in enumerate(
                    (
                        ("screening", 10, False),
                        ("test", 30, bool(job.survey_id)),
                        ("interview", 60, True),
                        ("check", 0, True),
                    )
                )
            ]
        for job in self.filtered(lambda job: not job.sales_criterion_ids):
            job.sales_criterion_ids = [
                Command.create({"sequence": sequence, "name": name, "weight": weight})
                for sequence, (name, weight) in enumerate(
                    (
                        (self.env._("Sales ability"), 40),
                        (self.env._("Communication"), 25),
                        (self.env._("Teamwork"), 15),
                        (self.env._("Learning ability"), 20),
                    )
                )
            ]

    @api.readonly
    def action_open_sales_selection(self):
        """Compare the applicants for the job, side by side."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_selection_result_action"
        )
        return action | {
            "domain": [("job_id", "in", self.ids)],
            "context": {"search_default_ongoing": 1},
        }

    def _has_sales_onboarding(self):
        """:return: whether there are courses or tasks for newcomers in the job"""
        # sudo: what the onboarding of a job consists of is no secret.
        job = self.sudo()
        return bool(job.sales_onboarding_plan_id or job.sales_onboarding_course_ids)

    def _check_sales_selection(self):
        """:raise ValidationError: unless weights add up to exactly 100.00"""
        # sudo: who may write the lines may know their sum.
        for job in self.sudo():
            for name in sorted(LINES):
                weights = job[name]._filter_weighted().mapped("weight")
                if weights and not add_up(weights):
                    raise ValidationError(
                        self.env._(
                            "%(lines)s of %(job)s: the weights add up to %(total)s %%."
                            " Change them until they are exactly 100.00 %%.",
                            lines=job._fields[name]._description_string(self.env),
                            job=job.name,
                            total=f"{sum(weights):.2f}",
                        )
                    )
