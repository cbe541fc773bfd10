# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import show, weigh


class SalesInterviewScorecard(models.Model):
    """What one interviewer gives an applicant.

    It is its interviewer's alone until it is in. After that others see it as soon as
    their own are in, see the record rules. Once in, it never changes.
    """

    _name = "sales.interview.scorecard"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Interview Scorecard"
    _order = "interview_id desc, id"
    _rec_name = "user_id"

    interview_id = fields.Many2one(
        comodel_name="sales.interview",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    applicant_id = fields.Many2one(
        related="interview_id.applicant_id", store=True, index=True
    )
    applicant_name = fields.Char(
        related="interview_id.applicant_name", string="Applicant's Name"
    )
    job_id = fields.Many2one(related="interview_id.job_id", store=True)
    company_id = fields.Many2one(
        related="interview_id.company_id", store=True, index=True
    )
    date_start = fields.Datetime(related="interview_id.date_start", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Interviewer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    score_ids = fields.One2many(
        comodel_name="sales.interview.score",
        inverse_name="scorecard_id",
        string="Scores",
    )
    mean = fields.Float(
        compute="_compute_mean",
        digits=(16, 2),
        aggregator=None,
        help="Weighted mean of the criteria that are scored.",
    )
    note = fields.Text(string="Impression", help="What the scores do not say.")
    state = fields.Selection(
        selection=[("draft", "To Score"), ("submitted", "In")],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    submitted_at = fields.Datetime(string="In Since", readonly=True, copy=False)
    is_own = fields.Boolean(compute="_compute_is_own", export_string_translation=False)

    _user_uniq = models.UniqueIndex(
        "(interview_id, user_id)", "Each interviewer has one scorecard of an interview."
    )

    @api.depends("interview_id", "user_id")
    def _compute_display_name(self):
        for card in self:
            card.display_name = f"{card.applicant_name} ({card.user_id.name})"

    @api.depends("score_ids.rating", "score_ids.weight")
    def _compute_mean(self):
        for card in self:
            mean = weigh(card._get_marks())
            card.mean = float(show(mean)) if mean is not None else 0

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for card in self:
            card.is_own = card.user_id == self.env.user

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        for card in cards:
            card.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=card.date_start.date(),
                summary=self.env._("Score the interview"),
                user_id=card.user_id.id,
            )
        return cards

    def write(self, vals):
        if self._get_content(vals) and not self.env.su:
            self._check_is_own_draft()
        return super().write(vals)

    def action_submit(self):
        """Hand in one's scores. They stay as they are from now on."""
        self._check_is_own_draft()
        for card in self:
            if not any(card.score_ids.mapped("rating")):
                raise UserError(
                    self.env._(
                        "Score at least one criterion of %s.", card.applicant_name
                    )
                )
        self._set_state("submitted")
        # sudo: users do not write when it was handed in.
        self.sudo().submitted_at = fields.Datetime.now()
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    @api.readonly
    def action_open_applicant(self):
        self.ensure_one()
        return self.applicant_id._get_records_action()

    def _get_marks(self):
        """:return: pairs of mark or None, and weight"""
        return [
            (int(score.rating) if score.rating else None, score.weight)
            for score in self.score_ids
        ]

    def _check_is_own_draft(self):
        """:raise UserError: if it is somebody else's, or in already"""
        for card in self.sudo():  # sudo: whose it is can be told to anybody.
            if card.user_id != self.env.user:
                raise UserError(
                    self.env._("Interviewers score for themselves, nobody else does.")
                )
            if card.state != "draft":
                raise UserError(
                    self.env._("Your scores are in, and do not change any more.")
                )
