# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from operator import methodcaller

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from odoo.addons.sales_efficiency_base.tools import (
    Period,
    attempt,
    each_alone,
    open_records,
    take_turns,
)

DIRECTOR = "sales_efficiency_base.group_sales_director"
ACTIVITY = "sales_efficiency_resource.mail_activity_type_scorecard"
FAILED = "mail.mail_activity_data_warning"
RHYTHMS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
SUBJECTS = [("member", "Channel members"), ("channel", "Channels")]


class SalesScorecard(models.Model):
    """By what channels or their members are judged (policy 5.2.3).

    Results keep the floors, goals and weights of the day on which they were scored.
    """

    _name = "sales.scorecard"
    _inherit = [
        "sales.guard.mixin",
        "sales.weights.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Scorecard"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    subject = fields.Selection(
        selection=SUBJECTS,
        string="Scores",
        required=True,
        default="member",
        tracking=True,
    )
    channel_ids = fields.Many2many(
        comodel_name="sales.channel",
        string="Channels",
        check_company=True,
        help="Members of these channels and their sub-channels, or these channels."
        " Leave empty for all.",
    )
    rhythm = fields.Selection(
        selection=RHYTHMS,
        string="Scored Every",
        required=True,
        default="quarter",
        tracking=True,
    )
    is_automatic = fields.Boolean(
        string="Score by Itself",
        default=True,
        help="Scores each period the night after it ends, and gives the responsible"
        " person a to-do.",
    )
    missing = fields.Selection(
        selection=[
            ("weigh", "Weigh the others more"),
            ("zero", "Count 0"),
        ],
        string="Criteria without Value",
        required=True,
        default="weigh",
        tracking=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain=lambda self: (
            f"[('all_group_ids', 'in', {self.env.ref(DIRECTOR).ids}),"
            " ('company_ids', 'in', company_id)]"
        ),
        tracking=True,
        help="Checks the scores and sends changes of level to approval.",
    )
    criterion_ids = fields.One2many(
        comodel_name="sales.scorecard.criterion",
        inverse_name="scorecard_id",
        string="Criteria",
        copy=True,
    )
    level_ids = fields.One2many(
        comodel_name="sales.scorecard.level",
        inverse_name="scorecard_id",
        string="Levels",
        copy=True,
    )
    rule_ids = fields.One2many(
        comodel_name="sales.scorecard.rule",
        inverse_name="scorecard_id",
        string="Proposed Actions",
        copy=False,
        groups="sales_efficiency_base.group_sales_director",
    )
    run_ids = fields.One2many(
        comodel_name="sales.scorecard.run",
        inverse_name="scorecard_id",
        string="Scored Periods",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director",
    )
    run_count = fields.Integer(
        compute="_compute_run_count",
        groups="sales_efficiency_base.group_sales_director",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("run_ids")
    def _compute_run_count(self):
        counts = dict(
            self.env["sales.scorecard.run"]._read_group(
                [("scorecard_id", "in", self.ids)], ["scorecard_id"], ["__count"]
            )
        )
        for scorecard in self:
            scorecard.run_count = counts.get(scorecard._origin, 0)

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for scorecard in self:
            user = scorecard.user_id
            # sudo: only whether they could do it
            companies = user.sudo().company_ids
            if not user.has_group(DIRECTOR) or scorecard.company_id not in companies:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be responsible for %(scorecard)s: scores are"
                        " for the sales directors of %(company)s.",
                        user=user.name,
                        scorecard=scorecard.name,
                        company=scorecard.company_id.name,
                    )
                )

    @api.constrains("subject", "rhythm", "company_id")
    def _check_runs(self):
        """What was scored cannot be compared with something else."""
        # sudo: only whether there are any
        runs = self.env["sales.scorecard.run"].sudo()
        if used := runs.search([("scorecard_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "%s has been used: whom it scores, how often, and its company"
                    " cannot change. Archive it and make a copy.",
                    used.scorecard_id.name,
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        scorecards = super().create(vals_list)
        scorecards._check_later()
        return scorecards

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", scorecard.name), **(default or {})}
            for scorecard, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: only whether there are any
        if used := self.filtered(lambda scorecard: scorecard.sudo().run_ids):
            raise UserError(
                self.env._(
                    "%s has results: archive it instead.",
                    ", ".join(used.mapped("name")),
                )
            )

    # ------------------------------------------------------------------
    # Scoring
    # ------------------------------------------------------------------

    def action_score(self):
        """Score the last period that is over, and open its run."""
        self.ensure_one()
        self.check_access("write")
        run = self._score_period(self._get_last_period())
        return run._get_records_action()

    @api.readonly
    def action_open_runs(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_scorecard_run_action",
            [("scorecard_id", "=", self.id)],
        )

    @api.readonly
    def action_open_results(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_scorecard_result_action",
            [("scorecard_id", "=", self.id)],
        )

    def _score_period(self, period):
        """Score a period: its open run if there is one, else a new run.

        :return: the run
        """
        self.ensure_one()
        take_turns(self)
        runs = self.env["sales.scorecard.run"]
        run = runs.search(
            [
                ("scorecard_id", "=", self.id),
                ("date_to", "=", period.end),
                ("state", "in", ("draft", "submitted")),
            ],
            limit=1,
        )
        if not run:
            return runs.create({"scorecard_id": self.id, "date": period.end})
        if run.state == "draft":
            run._score()
        return run

    @api.model
    def _cron_score(self):
        """Score the last period of each scorecard, if nobody has: one at a time. One
        that cannot be scored is told, and does not stop the others."""
        automatic = self.search([("is_automatic", "=", True)])
        due = automatic.filtered(lambda scorecard: scorecard._is_due())
        each_alone(self.env, due, methodcaller("_try_to_score"))

    def _try_to_score(self):
        if problem := attempt(self.env, self._score_by_itself):
            self._ask_to_mend(problem)

    def _is_due(self):
        domain = Domain("scorecard_id", "=", self.id)
        domain &= Domain("date_to", "=", self._get_last_period().end)
        return not self.env["sales.scorecard.run"].search_count(domain, limit=1)

    def _score_by_itself(self):
        take_turns(self)
        if not self._is_due() or not self._find_subjects():
            return
        run = self._score_period(self._get_last_period())
        run._ask_to_check()
        self.activity_unlink([FAILED])

    def _ask_to_mend(self, problem):
        """Give the responsible person a to-do, once, for what cannot be scored."""
        if self.activity_search([FAILED]):
            return
        activities = self.env["mail.activity"]
        activities.create(
            activities._prepare_sales_to_do(
                self,
                self._get_responsible(),
                FAILED,
                summary=self.env._("%s could not be scored", self.name),
                note=plaintext2html(problem),
                date_deadline=self.company_id._get_sales_today(),
            )
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_responsible(self):
        """:return: the responsible person or, if they have left, a director"""
        self.ensure_one()
        directors = self.company_id._get_sales_directors()
        return (self.user_id.filtered("active") or directors)[:1]

    def _get_period(self, day):
        """:return: the period of a day by the rhythm"""
        self.ensure_one()
        if self.rhythm == "month":
            return Period.month(day)
        kind = Period.year if self.rhythm == "year" else Period.quarter
        return kind(day, self.company_id)

    def _get_last_period(self):
        """:return: the last period that is over"""
        self.ensure_one()
        today = self.company_id._get_sales_today()
        return self._get_period(self._get_period(today).start - timedelta(days=1))

    def _get_subject_field(self):
        """:return: the field of results that names what is scored"""
        self.ensure_one()
        return "member_id" if self.subject == "member" else "channel_id"

    def _get_dimension(self):
        """:return: the dimension of figures of what is scored"""
        self.ensure_one()
        return "channel_member_id" if self.subject == "member" else "channel_id"

    def _find_subjects(self):
        """:return: the channels or members to score"""
        self.ensure_one()
        model = "sales.channel.member" if self.subject == "member" else "sales.channel"
        # sudo: all are scored, and each user sees the results that they may.
        return self.env[model].sudo().search(self._get_subjects_domain())

    def _get_subjects_domain(self):
        """Return which channels or members are scored: members in business."""
        self.ensure_one()
        if self.subject == "channel":
            domain = Domain("company_id", "in", [False, self.company_id.id])
            if self.channel_ids:
                domain &= Domain("id", "in", self.channel_ids.ids)
            return domain
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("state", "in", ("active", "suspended"))
        if self.channel_ids:
            domain &= Domain("channel_id", "child_of", self.channel_ids.ids)
        return domain
