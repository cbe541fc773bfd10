# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import (
    POINTS,
    ApplicantErasure,
    Newcomer,
    exact,
    rate_interviews,
    show,
    weigh,
)

RECRUITER = "hr_recruitment.group_hr_recruitment_user"


class HrApplicant(models.Model):
    """Selection of applicants by the parts of their job (policy 4.1.3).

    Scores are closed here: who may see them depends on the record, which fields cannot
    tell. They are shown by ``sales.selection.result``.
    """

    _inherit = "hr.applicant"

    sales_screening = fields.Selection(
        selection=[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")],
        string="CV Screening",
        groups=RECRUITER,
        copy=False,
        help="From 1 (does not fit) to 5 (fits in every respect).",
    )
    sales_screening_note = fields.Char(
        string="Reason of the Screening", groups=RECRUITER, copy=False
    )
    sales_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Joins Sales Team",
        compute="_compute_sales_team_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        copy=False,
        groups=RECRUITER,
        help="Team that the person joins once hired, as soon as the employee has a"
        " user.",
    )
    sales_interview_ids = fields.One2many(
        comodel_name="sales.interview",
        inverse_name="applicant_id",
        string="Interviews",
    )
    sales_waiver_ids = fields.One2many(
        comodel_name="sales.selection.waiver",
        inverse_name="applicant_id",
        string="Waivers",
        groups=RECRUITER,
    )
    sales_check_ids = fields.One2many(
        comodel_name="sales.background.check",
        inverse_name="applicant_id",
        string="Background Checks",
        groups="hr.group_hr_manager",
    )
    sales_is_check_asked = fields.Boolean(
        compute="_compute_sales_is_check_asked",
        compute_sudo=True,
        groups=RECRUITER,
        export_string_translation=False,
    )
    sales_shown_score = fields.Float(
        string="Selection Score",
        compute="_compute_sales_shown_score",
        digits=(16, 2),
        help="Hidden from interviewers until their own scores are in.",
    )
    sales_has_shown_score = fields.Boolean(
        compute="_compute_sales_shown_score", export_string_translation=False
    )
    sales_is_handed_over = fields.Boolean(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    # What ``sales.selection.result`` shows
    sales_screening_score = fields.Float(
        compute="_compute_sales_scores",
        store=True,
        digits=(16, 2),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    sales_test_score = fields.Float(
        compute="_compute_sales_scores",
        store=True,
        digits=(16, 2),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    sales_is_tested = fields.Boolean(
        compute="_compute_sales_scores",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    sales_interview_score = fields.Float(
        compute="_compute_sales_scores",
        store=True,
        digits=(16, 2),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    # Changes with each scorecard: of two that come in at once, the second waits, and
    # then counts both.
    sales_scorecard_count = fields.Integer(
        compute="_compute_sales_scores",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    sales_score = fields.Float(
        compute="_compute_sales_scores",
        store=True,
        digits=(16, 2),
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    sales_is_scored = fields.Boolean(
        compute="_compute_sales_scores",
        store=True,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("job_id")
    def _compute_sales_team_id(self):
        for applicant in self:
            team = applicant.job_id.sales_team_id
            applicant.sales_team_id = team or applicant.sales_team_id

    @api.depends("sales_check_ids")
    def _compute_sales_is_check_asked(self):
        for applicant in self:
            applicant.sales_is_check_asked = bool(applicant.sales_check_ids)

    @api.depends("sales_interview_ids.state")
    @api.depends_context("uid")
    def _compute_sales_shown_score(self):
        results = self.env["sales.selection.result"]
        if results.has_access("read"):
            # By the rules of the user
            results = results.search([("applicant_id", "in", self.ids)])
        shown = {result.applicant_id: result for result in results}
        for applicant in self:
            result = shown.get(applicant._origin, results.browse())
            applicant.sales_shown_score = result.score
            applicant.sales_has_shown_score = result.is_scored

    @api.depends(
        "job_id.sales_part_ids.kind",
        "job_id.sales_part_ids.weight",
        "job_id.survey_id",
        "sales_screening",
        "response_ids.scoring_percentage",
        "response_ids.state",
        "sales_interview_ids.scorecard_ids.state",
    )
    def _compute_sales_scores(self):
        for applicant in self:
            cards = applicant._get_sales_scorecards()
            cards = cards.filtered(lambda card: card.state == "submitted")
            scores = {
                "screening": applicant._rate_sales_screening(),
                "test": applicant._rate_sales_test(),
                "interview": rate_interviews(card._get_marks() for card in cards),
            }
            total = weigh(
                (scores.get(part.kind), part.weight)
                for part in applicant.job_id.sales_part_ids
            )
            shown = {
                kind: float(show(score or 0))
                for kind, score in {**scores, "total": total}.items()
            }
            applicant.sales_screening_score = shown["screening"]
            applicant.sales_test_score = shown["test"]
            applicant.sales_is_tested = scores["test"] is not None
            applicant.sales_interview_score = shown["interview"]
            applicant.sales_scorecard_count = len(cards)
            applicant.sales_score = shown["total"]
            applicant.sales_is_scored = total is not None

    def _rate_sales_screening(self):
        """:return: score of 100, or None"""
        return POINTS * int(self.sales_screening) if self.sales_screening else None

    def _rate_sales_test(self):
        """:return: score of 100 of the last test that was completed, or None"""
        done = self.response_ids.filtered(
            lambda answer: (
                answer.state == "done"
                and not answer.test_entry
                and answer.survey_id == self.job_id.survey_id
                and answer.survey_id.scoring_type != "no_scoring"
            )
        )
        last = done.sorted(lambda answer: answer.end_datetime or answer.create_date)
        return exact(last[-1].scoring_percentage) if last else None

    def _get_sales_scorecards(self):
        """:return: those of the job for which the person applies now"""
        interviews = self.sales_interview_ids.filtered(
            lambda interview: interview.job_id == self.job_id
        )
        return interviews.scorecard_ids

    # ------------------------------------------------------------------
    # Offer and contract
    # ------------------------------------------------------------------

    @api.constrains("stage_id", "job_id", "employee_id")
    def _check_sales_selection(self):
        """No offer and no contract without the required parts."""
        chosen = self.filtered(
            lambda applicant: (
                applicant.employee_id
                or applicant.stage_id.sales_is_offer
                or applicant.stage_id.hired_stage
            )
        )
        for applicant, parts in chosen._get_missing_sales_parts().items():
            if parts:
                raise ValidationError(
                    self.env._(
                        "%(applicant)s can neither get an offer nor be hired yet. There"
                        " is no result of: %(parts)s. Complete it, or ask for a waiver"
                        " on the page Selection.",
                        applicant=applicant.partner_name,
                        parts=parts._format_names(),
                    )
                )

    def _get_missing_sales_parts(self):
        """Return the required parts that applicants neither have nor are spared.

        :return: dict applicant -> parts of the selection
        """
        missing = {}
        # sudo: what is missing can be told, and no result with it.
        for applicant in self.sudo():
            waivers = applicant.sales_waiver_ids.filtered(
                lambda waiver: waiver.state == "approved"
            )
            required = applicant.job_id.sales_part_ids.filtered("is_required")
            missing[applicant.with_env(self.env)] = (
                required - waivers.part_ids
            ).filtered(lambda part, a=applicant: not a._has_sales_part(part.kind))
        return missing

    def _has_sales_part(self, kind):
        if kind == "screening":
            return bool(self.sales_screening)
        if kind == "test":
            return self.sales_is_tested
        if kind == "check":
            return "passed" in self.sales_check_ids.mapped("state")
        # All who were asked to interview have scored.
        return set(self._get_sales_scorecards().mapped("state")) == {"submitted"}

    @api.readonly
    def action_open_sales_result(self):
        """Compare the person with the others who apply for the same job."""
        self.ensure_one()
        return self.job_id.action_open_sales_selection()

    def action_plan_sales_interview(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_interview_action"
        )
        return action | {
            "views": [(False, "form")],
            "view_mode": "form",
            "context": {"default_applicant_id": self.id},
        }

    def action_ask_sales_waiver(self):
        self.ensure_one()
        self.check_access("write")
        parts = self._get_missing_sales_parts()[self]
        if not parts:
            raise UserError(self.env._("No required part of the selection is missing."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_selection_waiver_action"
        )
        return action | {
            "views": [(False, "form")],
            "view_mode": "form",
            "context": {
                "default_applicant_id": self.id,
                "default_part_ids": parts.ids,
            },
        }

    def action_ask_sales_check(self):
        """Ask HR managers to check the background. Recruiters do not see its result."""
        self.check_access("write")
        self._check_interviewer_access()
        # sudo: recruiters do not read checks, see ``sales.background.check``.
        for applicant in self.sudo().filtered(lambda a: not a.sales_check_ids):
            applicant.sales_check_ids.create({"applicant_id": applicant.id})

    # ------------------------------------------------------------------
    # Hiring
    # ------------------------------------------------------------------

    def create_employee_from_applicant(self):
        if self.employee_id:
            raise UserError(self.env._("%s is hired already.", self.partner_name))
        action = super().create_employee_from_applicant()
        Newcomer(self.employee_id).start()
        return action

    # ------------------------------------------------------------------
    # Erasure
    # ------------------------------------------------------------------

    def unlink(self):
        self.check_access("unlink")
        # sudo: whoever deletes an application deletes its papers, unseen.
        papers = self.sudo()
        papers.sales_interview_ids.unlink()
        papers.sales_check_ids.unlink()
        papers.sales_waiver_ids.unlink()
        return super().unlink()

    @api.model
    def _cron_erase_sales_applicants(self):
        """Erase what is known of applicants who were refused long ago."""
        ApplicantErasure(self.env).run()
