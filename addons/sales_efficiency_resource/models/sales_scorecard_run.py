# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import name_period, take_turns

from ..engine import ScorecardScoring
from .sales_scorecard import ACTIVITY

# Days to check what was scored by itself
CHECK_DAYS = 7


class SalesScorecardRun(models.Model):
    """The results of a scorecard in a period, whose changes of level are approved.

    Figures may change later, e.g. by a credit note. A new run then corrects the one in
    force, and replaces it once it is approved.
    """

    _name = "sales.scorecard.run"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Scores of a Period"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("scorecard_id", "date")
    _state_from = ["submitted"]
    _state_to = ["done"]
    _cancel_state = "rejected"

    name = fields.Char(compute="_compute_name")
    scorecard_id = fields.Many2one(
        comodel_name="sales.scorecard",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="scorecard_id.company_id", store=True, index=True, precompute=True
    )
    rhythm = fields.Selection(
        related="scorecard_id.rhythm", store=True, precompute=True
    )
    date = fields.Date(
        string="A Day in It",
        required=True,
        default=lambda self: self._default_date(),
        help="Any day of the month, quarter or year that is scored.",
    )
    date_from = fields.Date(
        string="From", compute="_compute_period", store=True, precompute=True
    )
    date_to = fields.Date(
        string="To", compute="_compute_period", store=True, precompute=True, index=True
    )
    state = fields.Selection(
        selection=[
            ("draft", "Scored"),
            ("submitted", "To Approve"),
            ("done", "In Force"),
            ("rejected", "Rejected"),
            ("replaced", "Replaced"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    scored_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Sent By", readonly=True, copy=False
    )
    corrects_id = fields.Many2one(
        comodel_name="sales.scorecard.run",
        string="Corrects",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The run in force for the same period, whose figures have changed since.",
    )
    result_ids = fields.One2many(
        comodel_name="sales.scorecard.result",
        inverse_name="run_id",
        string="Results",
        copy=False,
    )
    result_count = fields.Integer(string="Scored", compute="_compute_counts")
    move_count = fields.Integer(
        string="Changes of Level",
        compute="_compute_counts",
        help="Without those that are held back.",
    )
    corrected_count = fields.Integer(
        string="Corrected Results", compute="_compute_counts"
    )
    proposal_count = fields.Integer(
        string="Proposed Actions",
        compute="_compute_proposal_count",
        help="That nobody has agreed on yet.",
    )
    correction = fields.Char(compute="_compute_correction")

    _one_open = models.UniqueIndex(
        "(scorecard_id, date_to) WHERE state IN ('draft', 'submitted')",
        "This period is being scored already. Open that run.",
    )
    _one_in_force = models.UniqueIndex(
        "(scorecard_id, date_to) WHERE state = 'done'",
        "A period has one run in force.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date(self):
        """:return: the last day of last month"""
        return self.env.company._get_sales_today().replace(day=1) - timedelta(days=1)

    @api.depends("date", "scorecard_id", "rhythm")
    def _compute_period(self):
        for run in self:
            period = run.date and run.scorecard_id and run._get_period()
            run.date_from = period and period.start
            run.date_to = period and period.end

    def _get_period(self):
        return self.scorecard_id._get_period(self.date)

    @api.depends("scorecard_id.name", "rhythm", "date_from")
    @api.depends_context("lang")
    def _compute_name(self):
        for run in self:
            run.name = run.date_from and self.env._(
                "%(scorecard)s, %(period)s",
                scorecard=run.scorecard_id.name,
                period=name_period(self.env, run.rhythm, run.date_from),
            )

    @api.depends("name")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.name

    @api.depends("result_ids.move", "result_ids.is_held", "result_ids.is_corrected")
    def _compute_counts(self):
        counts = {
            run: (count, moves, corrected)
            for run, count, moves, corrected in self._read_counts()
        }
        for run in self:
            found = counts.get(run._origin, (0, 0, 0))
            run.result_count, run.move_count, run.corrected_count = found

    def _read_counts(self):
        results = self.env["sales.scorecard.result"]
        groups = results._read_group(
            [("run_id", "in", self.ids)],
            ["run_id", "move", "is_held", "is_corrected"],
            ["__count"],
        )
        for run in self._origin:
            own = [group for group in groups if group[0] == run]
            yield (
                run,
                sum(count for *_group, count in own),
                sum(n for _r, move, is_held, _c, n in own if move and not is_held),
                sum(n for _r, _m, _h, is_corrected, n in own if is_corrected),
            )

    @api.depends("result_ids.proposed_ids")
    def _compute_proposal_count(self):
        for run in self:
            run.proposal_count = sum(
                len(result.proposed_ids) for result in run.result_ids
            )

    @api.depends("corrects_id", "corrected_count", "result_count")
    @api.depends_context("lang")
    def _compute_correction(self):
        for run in self:
            run.correction = False
            if run.corrects_id:
                run.correction = self.env._(
                    "Corrects the scores of %(day)s: %(count)s of %(all)s results"
                    " differ.",
                    day=run.corrects_id._format_scored_at(),
                    count=run.corrected_count,
                    all=run.result_count,
                )

    def _format_scored_at(self):
        """:return: the day on which it was scored"""
        moment = fields.Datetime.context_timestamp(
            self.with_context(tz=self.company_id.sales_tz), self.scored_at
        )
        return format_date(self.env, moment.date())

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        runs = super().create(vals_list)
        for run in runs:
            run.scorecard_id.check_access("write")
            run._score()
        return runs

    @api.ondelete(at_uninstall=False)
    def _unlink_except_open(self):
        if kept := self.filtered(lambda run: run.state != "draft"):
            raise UserError(
                self.env._(
                    "%s was sent to approval, so it is kept.", kept[0].display_name
                )
            )

    # ------------------------------------------------------------------
    # Scoring
    # ------------------------------------------------------------------

    def action_score(self):
        """Measure again, as long as nobody has sent the results."""
        self.check_access("write")
        self._check_state_is("draft")
        for run in self:
            run._score()

    def _score(self):
        self.ensure_one()
        take_turns(self.scorecard_id)
        if self.date_to >= self.company_id._get_sales_today():
            raise UserError(
                self.env._("%s is not over yet. Wait for its figures.", self.name)
            )
        self.scorecard_id._check_weights()
        if not self.scorecard_id._find_subjects():
            raise UserError(
                self.env._(
                    "%s has nothing to score: there are no such channels or members.",
                    self.scorecard_id.name,
                )
            )
        # sudo: only code says what it corrects and when it was scored.
        self.sudo().write(
            {
                "corrects_id": self._find_in_force().id,
                "scored_at": fields.Datetime.now(),
            }
        )
        held = self._get_held()
        self.flush_recordset()
        ScorecardScoring(self).score()
        self._keep_held(held)

    def _get_held(self):
        """:return: dict key → change of level that is held back, and why: of the run
        itself, else of the one it corrects"""
        results = self.sudo().result_ids or self.sudo().corrects_id.result_ids
        return {
            result._get_key(): (result.move, result.hold_reason)
            for result in results
            if result.is_held
        }

    def _keep_held(self, held):
        if not held:
            return
        # sudo: code copies what directors have decided.
        kept = self.sudo().result_ids._keep_held(held)
        names = ", ".join(kept.mapped("name"))
        self.message_post(
            body=self.env._("Measured again. Still held back: %s", names)
            if kept
            else self.env._("Measured again. Nothing is held back any more.")
        )

    def _find_in_force(self):
        """:return: the run in force for the same period"""
        return self.search(
            [
                ("scorecard_id", "=", self.scorecard_id.id),
                ("date_to", "=", self.date_to),
                ("state", "=", "done"),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _find_former(self, subject):
        """Return the last results in force before the period.

        :param str subject: field that names the channel or member
        :return: dict of its id → result
        """
        self.ensure_one()
        results = self.env["sales.scorecard.result"]
        results.flush_model(["scorecard_id", "state", "date_to", subject])
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (%(subject)s) id, %(subject)s"
                " FROM sales_scorecard_result"
                " WHERE scorecard_id = %(scorecard)s AND state = 'done'"
                " AND date_to < %(day)s ORDER BY %(subject)s, date_to DESC",
                subject=SQL.identifier(subject),
                scorecard=self.scorecard_id.id,
                day=self.date_to,
            )
        )
        # Read all at once.
        found = results.browse(id_ for id_, _subject in rows)
        return {key: result for (_id, key), result in zip(rows, found, strict=True)}

    def _ask_to_check(self):
        """Give the responsible person a to-do for what was scored by itself."""
        activities = self.env["mail.activity"]
        deadline = self.company_id._get_sales_today() + timedelta(days=CHECK_DAYS)
        activities.create(
            activities._prepare_sales_to_do(
                self,
                self.scorecard_id._get_responsible(),
                ACTIVITY,
                summary=self.env._("Check the scores: %s", self.name),
                date_deadline=deadline,
            )
        )
