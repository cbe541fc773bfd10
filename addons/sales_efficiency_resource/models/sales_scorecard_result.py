# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import Scope, name_period

from .sales_scorecard import SUBJECTS

DIRECTOR = "sales_efficiency_base.group_sales_director"


class SalesScorecardResult(models.Model):
    """The score of a channel or member in a period.

    Only code writes it, but for what a director holds back. Others see it once it is in
    force: salespeople that of their members.
    """

    _name = "sales.scorecard.result"
    _inherit = ["sales.guard.mixin", "mail.thread"]
    _description = "Score"
    _order = "date_to desc, scorecard_id, rank, name, id"

    run_id = fields.Many2one(
        comodel_name="sales.scorecard.run",
        string="Scored Period",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    scorecard_id = fields.Many2one(
        comodel_name="sales.scorecard",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    subject = fields.Selection(
        selection=SUBJECTS,
        string="Of",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        related="run_id.state", store=True, related_sudo=True, string="Status"
    )
    name = fields.Char(required=True, readonly=True, help="As on that day.")
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # Whoever looks after the member now also sees its earlier scores.
    user_id = fields.Many2one(
        related="member_id.user_id",
        store=True,
        string="Salesperson",
        index="btree_not_null",
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    period_name = fields.Char(string="Period", compute="_compute_period_name")

    # Score
    line_ids = fields.One2many(
        comodel_name="sales.scorecard.line",
        inverse_name="result_id",
        string="Criteria",
        readonly=True,
    )
    total = fields.Float(digits=(5, 2), readonly=True, aggregator="avg")
    is_scored = fields.Boolean(readonly=True, export_string_translation=False)
    counted = fields.Integer(
        string="Criteria with a Value", readonly=True, aggregator=None
    )
    asked = fields.Integer(string="All Criteria", readonly=True, aggregator=None)
    counted_text = fields.Char(
        string="Criteria Counted",
        compute="_compute_texts",
        help="How many criteria had a value.",
    )
    known_weight = fields.Float(
        string="Weight with a Value (%)",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="A level rises only from 80 % on.",
    )
    rank = fields.Integer(
        readonly=True, aggregator=None, help="Equal totals share a rank."
    )
    peers = fields.Integer(string="Ranked", readonly=True, aggregator=None)
    rank_text = fields.Char(string="Placing", compute="_compute_texts")
    median = fields.Float(
        string="Median of All",
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="Of all who were scored with it, in steps of 5 points; only if there are"
        " at least five.",
    )
    has_median = fields.Boolean(readonly=True, export_string_translation=False)
    former_id = fields.Many2one(
        comodel_name="sales.scorecard.result",
        string="Score Before",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    former_total = fields.Float(
        string="Total Before", digits=(5, 2), readonly=True, aggregator=None
    )
    trend = fields.Float(
        digits=(5, 2),
        readonly=True,
        aggregator="avg",
        help="Total less the total before.",
    )
    has_trend = fields.Boolean(readonly=True, export_string_translation=False)
    next_total = fields.Float(digits=(5, 2), compute="_compute_next")
    has_next = fields.Boolean(compute="_compute_next", export_string_translation=False)
    corrected_total = fields.Float(
        string="Total Corrected", digits=(5, 2), readonly=True, aggregator=None
    )
    is_corrected = fields.Boolean(string="Corrected", readonly=True)
    chart = fields.Json(compute="_compute_chart", export_string_translation=False)

    # Level
    level_id = fields.Many2one(
        comodel_name="sales.scorecard.level",
        string="Level",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="In force. A new one is approved first.",
    )
    former_level_id = fields.Many2one(
        comodel_name="sales.scorecard.level",
        string="Level Before",
        readonly=True,
        ondelete="restrict",
    )
    scored_level_id = fields.Many2one(
        comodel_name="sales.scorecard.level",
        string="Level by Total",
        readonly=True,
        ondelete="restrict",
    )
    move = fields.Selection(
        selection=[("up", "Rises"), ("down", "Falls")],
        string="Change of Level",
        readonly=True,
        index="btree_not_null",
    )
    is_kept = fields.Boolean(
        string="Too Little Known to Rise",
        readonly=True,
        help="The total is enough for a higher level, but criteria of less than 80 %"
        " of the weight have a value.",
    )
    is_held = fields.Boolean(
        string="Hold Back", groups=DIRECTOR, help="The level stays as it was before."
    )
    hold_reason = fields.Char(string="Why Held Back", groups=DIRECTOR)

    # Actions
    rule_ids = fields.Many2many(
        comodel_name="sales.scorecard.rule",
        relation="sales_scorecard_result_rule_rel",
        column1="result_id",
        column2="rule_id",
        string="Rules That Apply",
        readonly=True,
        groups=DIRECTOR,
    )
    proposed_ids = fields.Many2many(
        comodel_name="sales.scorecard.rule",
        string="Proposed Actions",
        compute="_compute_proposed_ids",
        groups=DIRECTOR,
        help="That nobody has agreed on yet.",
    )
    action_ids = fields.One2many(
        comodel_name="sales.action",
        inverse_name="scorecard_result_id",
        string="Actions",
    )

    _run_member_uniq = models.UniqueIndex(
        "(run_id, member_id) WHERE member_id IS NOT NULL",
        "A run scores each member once.",
    )
    _run_channel_uniq = models.UniqueIndex(
        "(run_id, channel_id) WHERE channel_id IS NOT NULL",
        "A run scores each channel once.",
    )
    _scorecard_date = models.Index("(scorecard_id, date_to)")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("name", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for result in self:
            result.display_name = self.env._(
                "%(name)s, %(period)s", name=result.name, period=result.period_name
            )

    @api.depends("date_from", "scorecard_id")
    @api.depends_context("lang")
    def _compute_period_name(self):
        for result in self:
            rhythm = result.scorecard_id.rhythm
            result.period_name = name_period(self.env, rhythm, result.date_from)

    @api.depends("counted", "asked", "rank", "peers")
    @api.depends_context("lang")
    def _compute_texts(self):
        for result in self:
            result.counted_text = self.env._(
                "%(known)s of %(all)s", known=result.counted, all=result.asked
            )
            result.rank_text = result.rank and self.env._(
                "%(rank)s of %(all)s", rank=result.rank, all=result.peers
            )

    @api.depends("scorecard_id", "channel_id", "member_id", "date_to", "state")
    def _compute_next(self):
        """The score that followed, as far as the user sees it."""
        following = self.search(
            [
                ("scorecard_id", "in", self.scorecard_id.ids),
                "|",
                ("member_id", "in", self.member_id.ids),
                ("channel_id", "in", self.channel_id.ids),
                ("state", "=", "done"),
                ("is_scored", "=", True),
            ],
            order="date_to",
        ).grouped(lambda result: result._get_key())
        for result in self:
            later = following.get(result._get_key(), self.browse())
            found = later.filtered(lambda r, day=result.date_to: r.date_to > day)[:1]
            result.has_next = bool(found)
            result.next_total = found.total

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_chart(self):
        """The points by criterion, beside the median of all."""
        for result in self:
            lines = result.line_ids
            result.chart = {
                "labels": lines.mapped("metric_id.name"),
                "points": [line.points if line.has_value else None for line in lines],
                "median": [line.median if line.has_median else None for line in lines],
            }

    @api.depends("rule_ids", "action_ids.scorecard_rule_id")
    def _compute_proposed_ids(self):
        for result in self:
            # sudo: directors see all actions of a score.
            agreed = result.sudo().action_ids.scorecard_rule_id
            result.proposed_ids = result.rule_ids - agreed

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su and {"is_held", "hold_reason"}.intersection(vals):
            self.check_access("write")
            for result in self:
                result._check_may_hold()
        return super().write(vals)

    def _check_may_hold(self):
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "%s was sent to approval. Take the scores back to change them.",
                    self.display_name,
                )
            )

    @api.constrains("is_held", "hold_reason")
    def _check_hold_reason(self):
        for result in self.sudo():  # sudo: directors only write it
            if result.is_held and not (result.hold_reason or "").strip():
                raise UserError(
                    self.env._("Why is %s held back? Give a reason.", result.name)
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_key(self):
        """:return: by what scorecard, and what channel or member, it is a score"""
        self.ensure_one()
        return self.scorecard_id, self.channel_id, self.member_id

    def _keep_held(self, held):
        """Hold back what was held back before it was measured anew.

        :param dict held: key → change of level, and why it was held back
        :return: those that are held back again
        """
        found = self.filtered(
            lambda result: (
                result.move and held.get(result._get_key(), ())[:1] == (result.move,)
            )
        )
        for result in found:
            _move, reason = held[result._get_key()]
            result.write({"is_held": True, "hold_reason": reason})
        return found

    def _take_over_followers(self, corrected):
        """Be what later scores in force are compared with, instead of what is
        corrected."""
        mine = {result._get_key(): result for result in self}
        later = self.search(
            [("former_id", "in", corrected.ids), ("state", "=", "done")]
        )
        for result in later:
            if former := mine.get(result._get_key()):
                has_trend = former.is_scored and result.is_scored
                result.write(
                    {
                        "former_id": former.id,
                        "former_total": former.total if has_trend else 0.0,
                        "trend": result.total - former.total if has_trend else 0.0,
                        "has_trend": has_trend,
                    }
                )

    @api.model
    def _merge_members(self, sources, target):
        """Give the scores of merged members to the one that remains.

        Where both were scored, each keeps its score.
        """
        # sudo: only code says whose score it is; who merges has been checked.
        results = self.sudo().search([("member_id", "in", sources.ids)])
        taken = self.sudo().search([("member_id", "=", target.id)]).run_id
        for result in results:
            if result.run_id not in taken:
                result.member_id = target
                taken |= result.run_id

    def _get_scope(self):
        """:return: the :class:`Scope` whose figures were scored"""
        self.ensure_one()
        name = self.scorecard_id._get_dimension()
        subject = self.member_id if self.member_id else self.channel_id
        return Scope(self.company_id.id, **{name: subject.id})

    def _get_report_language(self):
        """:return: the language of the member, else that of the user"""
        self.ensure_one()
        return self.member_id.partner_id.lang or self.env.lang

    def _format_points(self, points):
        return formatLang(self.env, points, digits=2)
