# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SalesHonour(models.Model):
    """The jury of an election: each votes once, and nobody sees it before the count."""

    _inherit = "sales.honour"  # pylint: disable=consider-merging-classes-inherited

    jury_ids = fields.Many2many(
        comodel_name="res.users",
        string="Jury",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Without a jury, the figures decide.",
    )
    shortlist_count = fields.Integer(
        string="Nominated",
        default=5,
        help="Among so many, the first by their figures, the jury chooses.",
    )
    vote_deadline = fields.Date(string="Votes Until")
    vote_ids = fields.One2many(
        comodel_name="sales.honour.vote",
        inverse_name="honour_id",
        string="Votes",
        readonly=True,
        copy=False,
    )
    voted_count = fields.Integer(string="Votes Cast", compute="_compute_voted_count")
    may_vote = fields.Boolean(compute="_compute_may_vote")

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("vote_ids")
    def _compute_voted_count(self):
        # sudo: how many have voted is no secret, whom they chose is.
        groups = (
            self.env["sales.honour.vote"]
            .sudo()
            ._read_group([("honour_id", "in", self.ids)], ["honour_id"], ["__count"])
        )
        counts = {honour.id: count for honour, count in groups}
        for honour in self:
            honour.voted_count = counts.get(honour._origin.id, 0)

    @api.depends("state", "jury_ids", "vote_ids")
    @api.depends_context("uid")
    def _compute_may_vote(self):
        voted = self.env["sales.honour.vote"].search(
            [("honour_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )
        for honour in self:
            honour.may_vote = (
                honour.state == "voting"
                and self.env.user in honour.jury_ids
                and honour not in voted.honour_id
            )

    @api.constrains("jury_ids", "vote_deadline", "company_id")
    def _check_jury(self):
        for honour in self.filtered("jury_ids"):
            if not honour.vote_deadline:
                raise ValidationError(
                    self.env._("Say until when the jury of %s votes.", honour.name)
                )
            # sudo: who works where is public within the company.
            others = honour.jury_ids.sudo().filtered(
                lambda user, company=honour.company_id: not user._works_in(company)
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(people)s do not work for %(company)s.",
                        people=", ".join(others.mapped("name")),
                        company=honour.company_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # Voting
    # ------------------------------------------------------------------

    def _open_vote(self):
        if self.vote_deadline < self.company_id._get_sales_today():
            raise UserError(self.env._("The jury needs some time: move its deadline."))
        # sudo: as above
        shortlist = self.sudo().nominee_ids.filtered(
            lambda nominee: 0 < nominee.rank <= self.shortlist_count
        )
        if partial := self.jury_ids & shortlist.user_id.sudo(False):
            raise UserError(
                self.env._(
                    "%s are nominated. Take them off the jury.",
                    ", ".join(partial.mapped("name")),
                )
            )
        shortlist.is_shortlisted = True
        self._set_state("voting")
        for juror in self.jury_ids:
            mine = self.with_context(lang=juror.lang)
            self._ask(juror, mine.env._("Vote: %s", mine.name), self.vote_deadline)

    def _vote(self, nominee):
        """Cast the vote of the user: one, before the deadline, not for oneself."""
        self.ensure_one()
        self.check_access("read")
        self._check_state_is("voting")
        if self.env.user not in self.jury_ids:
            raise UserError(self.env._("Only the jury votes."))
        if self.vote_deadline < self.company_id._get_sales_today():
            raise UserError(self.env._("Votes were cast until %s.", self.vote_deadline))
        # sudo: only compares people
        if self.env.user in nominee.sudo().member_ids:
            raise UserError(self.env._("Nobody votes for themselves."))
        if not nominee.is_shortlisted or nominee.honour_id != self:
            raise UserError(self.env._("Choose among those who are nominated."))
        # sudo: only code writes votes; all has been checked.
        self.env["sales.honour.vote"].sudo().create(
            {
                "honour_id": self.id,
                "nominee_id": nominee.id,
                "user_id": self.env.uid,
            }
        )
        # sudo: jurors only read the election.
        self.sudo().activity_ids.filtered(lambda a: a.user_id == self.env.user).unlink()

    def action_count(self):
        """Close the vote and count: once all have voted, or after the deadline."""
        self.check_access("write")
        self._check_state_is("voting")
        for honour in self:
            if not honour._is_vote_over():
                raise UserError(
                    self.env._(
                        "Not everybody has voted yet. Count on the day after %s.",
                        honour.vote_deadline,
                    )
                )
            honour._count()

    def _is_vote_over(self):
        is_late = self.vote_deadline < self.company_id._get_sales_today()
        return is_late or self.voted_count >= len(self.jury_ids)

    def _count(self):
        """Most votes win, equals share the place; without any vote the figures do."""
        # sudo: nobody sees the votes before they are counted; only code counts.
        honour = self.sudo()
        votes = honour.vote_ids.grouped("nominee_id")
        for nominee in honour.nominee_ids:
            nominee.vote_count = len(votes.get(nominee, ()))
        self._withdraw_to_dos()
        if votes:
            self._elect("vote_count", highest_first=True)
        else:
            self._elect("rank", highest_first=False)

    @api.model
    def _cron_count(self):
        """Count the votes that are in, or late."""
        for honour in self.search([("state", "=", "voting")]):
            if honour._is_vote_over():
                honour._count()
