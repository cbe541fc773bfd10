# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

# What the calendar shows
PLANNED = {"name", "date_start", "duration", "location", "interviewer_ids"}
INVITED = {"invites_applicant"}


class SalesInterview(models.Model):
    """An interview of an applicant, scored by each interviewer (policy 4.1.3)."""

    _name = "sales.interview"
    _inherit = "sales.applicant.mixin"
    _description = "Interview"
    _order = "date_start desc, id desc"

    name = fields.Char(string="Round", required=True)
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date_start = fields.Datetime(
        string="Date",
        compute="_compute_dates",
        store=True,
        readonly=False,
        required=True,
        help="Moved together with the meeting in the calendar.",
    )
    duration = fields.Float(
        string="Duration (Hours)",
        compute="_compute_dates",
        store=True,
        readonly=False,
        default=1.0,
    )
    location = fields.Char()
    interviewer_ids = fields.Many2many(
        comodel_name="res.users",
        string="Interviewers",
        required=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="They see the application, and score the interview without seeing what"
        " others have given.",
    )
    invites_applicant = fields.Boolean(
        string="Invite the Applicant",
        help="The applicant takes part in the meeting, and gets the invitation.",
    )
    scorecard_ids = fields.One2many(
        comodel_name="sales.interview.scorecard",
        inverse_name="interview_id",
        string="Scorecards",
        readonly=True,
    )
    is_cancelled = fields.Boolean(string="Cancelled", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("scored", "Scored"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    pending_ids = fields.Many2many(
        comodel_name="res.users",
        string="Waits For",
        compute="_compute_pending_ids",
        compute_sudo=True,
        help="Interviewers whose scores are not in yet.",
    )
    can_score = fields.Boolean(
        compute="_compute_can_score", export_string_translation=False
    )

    _duration_range = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)",
        "An interview takes more than 0 and at most 24 hours.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("event_id.start", "event_id.duration")
    def _compute_dates(self):
        for interview in self:
            event = interview.event_id
            interview.date_start = event.start or interview.date_start
            interview.duration = event.duration or interview.duration

    @api.depends("is_cancelled", "scorecard_ids.state")
    def _compute_state(self):
        for interview in self:
            states = set(interview.scorecard_ids.mapped("state"))
            if interview.is_cancelled:
                interview.state = "cancelled"
            else:
                is_scored = states == {"submitted"}
                interview.state = "scored" if is_scored else "planned"

    @api.depends("scorecard_ids.state")
    def _compute_pending_ids(self):
        # By search: the list of scorecards, once read as superuser, would stay in the
        # cache of the user, who may not read all of them.
        drafts = self.env["sales.interview.scorecard"].search(
            [("interview_id", "in", self.ids), ("state", "=", "draft")]
        )
        waiting = drafts.grouped("interview_id")
        for interview in self:
            interview.pending_ids = waiting.get(interview._origin, drafts[:0]).user_id

    @api.depends("scorecard_ids.state")
    @api.depends_context("uid")
    def _compute_can_score(self):
        for interview in self:
            interview.can_score = self.env.user in interview.pending_ids

    @api.depends("name", "applicant_name")
    def _compute_display_name(self):
        for interview in self:
            names = filter(None, (interview.applicant_name, interview.name))
            interview.display_name = ": ".join(names)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        interviews = super().create(vals_list)
        interviews._check_can_be_planned()
        interviews._seat_interviewers()
        interviews._plan_meetings()
        return interviews

    def write(self, vals):
        content = PLANNED | INVITED
        if not self.env.su and not content.isdisjoint(vals):
            self._check_is_not_cancelled()
        before = {interview: interview.interviewer_ids for interview in self}
        res = super().write(vals)
        if "interviewer_ids" in vals:
            for interview, interviewers in before.items():
                interview._unseat(interviewers - interview.interviewer_ids)
            self._seat_interviewers()
        if not content.isdisjoint(vals):
            self._plan_meetings()
        return res

    def unlink(self):
        self.check_access("unlink")
        # sudo: whoever may delete interviews deletes what hangs on them, unseen.
        papers = self.sudo()
        if not self.env.su:
            self._check_is_not_scored()
        papers.event_id.unlink()
        papers.scorecard_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_score(self):
        """Open one's own scorecard."""
        self.ensure_one()
        self.check_access("read")
        card = self.env["sales.interview.scorecard"].search(
            [("interview_id", "=", self.id), ("user_id", "=", self.env.uid)]
        )
        if not card:
            raise UserError(
                self.env._(
                    "You are not an interviewer of %s. Only its interviewers score it.",
                    self.display_name,
                )
            )
        return card._get_records_action(name=self.display_name)

    def action_cancel(self):
        self.check_access("write")
        self._check_is_not_cancelled()
        # sudo: see unlink; users do not write that it is cancelled, it is they.
        interviews = self.sudo()
        if "submitted" in interviews.scorecard_ids.mapped("state"):
            raise UserError(
                self.env._(
                    "Somebody has scored this interview. Remove the interviewers who"
                    " do not, instead of cancelling it."
                )
            )
        interviews.scorecard_ids.unlink()
        interviews.event_id.unlink()
        interviews.is_cancelled = True

    # ------------------------------------------------------------------
    # Interviewers
    # ------------------------------------------------------------------

    def _seat_interviewers(self):
        """Give each interviewer a scorecard, and a look at the application."""
        for interview in self:
            # sudo: only code makes scorecards.
            cards = interview.sudo().scorecard_ids
            missing = interview.interviewer_ids - cards.user_id
            cards.create([interview._prepare_scorecard(user) for user in missing])
            # Odoo makes them interviewers of the application, and tells them.
            application = interview.applicant_id
            if new := interview.interviewer_ids - application.interviewer_ids:
                application.interviewer_ids |= new

    def _unseat(self, users):
        """Take back the scorecards of who does not interview after all.

        :raise UserError: if somebody has scored
        """
        # sudo: see _seat_interviewers
        cards = self.sudo().scorecard_ids.filtered(lambda card: card.user_id in users)
        if scored := cards.filtered(lambda card: card.state == "submitted"):
            raise UserError(
                self.env._(
                    "%(people)s scored the interview already, and stay interviewers.",
                    people=", ".join(scored.user_id.mapped("name")),
                )
            )
        if not self.env.su and self.env.user in users:
            self._check_is_not_scored_by_others()
        cards.unlink()
        # sudo: who else interviews is asked, nothing of what they gave
        others = self.sudo().applicant_id.sales_interview_ids.scorecard_ids.user_id
        if gone := users - others:
            self.applicant_id.interviewer_ids -= gone

    def _prepare_scorecard(self, user):
        return {
            "interview_id": self.id,
            "user_id": user.id,
            "score_ids": [
                Command.create(
                    {
                        "sequence": sequence,
                        "name": criterion.name,
                        "weight": criterion.weight,
                    }
                )
                for sequence, criterion in enumerate(self.job_id.sales_criterion_ids)
            ],
        }

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def _plan_meetings(self):
        """Keep the meeting in the calendar as planned here."""
        for interview in self.filtered(lambda i: not i.is_cancelled):
            values = interview._prepare_meeting()
            # sudo: the meeting is private, and whoever plans need not take part.
            event = interview.sudo().event_id
            if event:
                event.write(values)
            else:
                events = event.with_env(
                    event.env(context=clean_context(self.env.context))
                )
                interview.sudo().event_id = events.create(
                    {**values, "user_id": self.env.uid}
                )

    def _prepare_meeting(self):
        partners = self.interviewer_ids.partner_id
        if self.invites_applicant:
            partners |= self.applicant_id.partner_id
        return {
            "name": self.env._("Interview: %s", self.display_name),
            "start": self.date_start,
            "stop": self.date_start + timedelta(hours=self.duration),
            "location": self.location,
            "partner_ids": [Command.set(partners.ids)],
            "applicant_id": self.applicant_id.id,
            # Who does not take part sees that people are busy, and no name.
            "privacy": "private",
        }

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_can_be_planned(self):
        for interview in self:
            if not interview.job_id.sales_criterion_ids:
                raise UserError(
                    self.env._(
                        "Nothing says what interviewers look at: %s. Enter criteria on"
                        " the page Selection of the job position first.",
                        interview.job_id.name or self.env._("no job position"),
                    )
                )
            if not interview.interviewer_ids:
                raise UserError(
                    self.env._("Choose who interviews %s.", interview.applicant_name)
                )

    def _check_is_not_scored(self):
        # sudo: whether anybody has scored, not what.
        if "submitted" in self.sudo().scorecard_ids.mapped("state"):
            raise UserError(
                self.env._("Interviews that are scored stay with the application.")
            )

    def _check_is_not_scored_by_others(self):
        """Interviewers who leave would see what others have given, and could return."""
        # sudo: whether anybody has scored, not what.
        cards = self.sudo().applicant_id.sales_interview_ids.scorecard_ids
        others = cards.filtered(lambda card: card.user_id != self.env.user)
        if "submitted" in others.mapped("state"):
            raise UserError(
                self.env._(
                    "Others have scored %s already. Score as well, or have somebody"
                    " else take you off the interview.",
                    self.applicant_name,
                )
            )

    def _check_is_not_cancelled(self):
        if any(interview.is_cancelled for interview in self):
            raise UserError(
                self.env._("This interview is cancelled. Plan another one.")
            )
