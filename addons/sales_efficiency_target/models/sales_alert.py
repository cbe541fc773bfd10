# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .sales_alert_notification import ACTIVITY

BATCH = 200
# What users say about a warning; the rest follows from the results and the actions.
ANSWER = {"cause", "analysis", "action_ids", "activity_ids"}


class SalesAlert(models.Model):
    """A target that has fallen behind, and what is done about it (policy 2.2.3).

    There is one for each rule, target and period. ``_evaluate_rules`` opens it, brings
    its figures up to date and closes it; people say why and what they do.
    """

    _name = "sales.alert"
    _description = "Warning"
    _inherit = [
        "sales.target.scope",
        "sales.alert.evaluation",
        "sales.alert.notification",
        "sales.cause.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "severity, opened_at desc, id desc"

    rule_id = fields.Many2one(
        comodel_name="sales.alert.rule",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    period = fields.Selection(
        selection=[
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("to_date", "Year to date"),
        ],
        required=True,
        readonly=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    severity = fields.Selection(
        selection=[("critical", "Critical"), ("warning", "Warning")],
        required=True,
        help="Line of the rule that was crossed.",
        readonly=True,
    )
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("answered", "Answered"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
        group_expand=True,
        help="Open: no cause or action yet.\nAnswered: actions agreed; watch the"
        " pace.\nClosed: the target is back on track, or its period has ended.",
        readonly=True,
    )
    outcome = fields.Selection(
        selection=[
            ("recovered", "Recovered"),
            ("missed", "Time is over"),
            ("withdrawn", "Not watched any more"),
        ],
        help="Why it was closed. It reopens if the target falls back.",
        readonly=True,
    )
    amount = fields.Float(string="Target", digits=0, aggregator=None, readonly=True)
    actual = fields.Float(digits=0, aggregator=None, readonly=True)
    expected = fields.Float(
        string="Expected to Date",
        digits=0,
        aggregator=None,
        help="Based on monthly targets and working days elapsed, at the level of the"
        " rule.",
        readonly=True,
    )
    deviation = fields.Float(
        digits=0,
        aggregator=None,
        help="Actual less expected to date.",
        readonly=True,
    )
    pace = fields.Float(
        string="Pace (%)",
        digits=(16, 1),
        aggregator="avg",
        help="Actual ÷ expected to date; inverted where less is better.",
        readonly=True,
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        ondelete="set null",
        help="The next leader above the person responsible.",
        readonly=True,
    )
    director_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        ondelete="set null",
        help="Also notified if the rule says so.",
        readonly=True,
    )
    escalated_id = fields.Many2one(
        comodel_name="res.users",
        string="Escalated To",
        index="btree_not_null",
        ondelete="set null",
        help="Person notified after too long without an answer.",
        readonly=True,
    )
    is_told = fields.Boolean(
        help="Everyone concerned has a to-do.",
        export_string_translation=False,
        readonly=True,
    )
    waiting_since = fields.Datetime(readonly=True)
    opened_at = fields.Datetime(string="Opened On", readonly=True)
    opened_pace = fields.Float(
        string="Pace When Opened (%)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
    )
    opened_deviation = fields.Float(
        string="Deviation When Opened",
        digits=0,
        aggregator=None,
        readonly=True,
    )
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    answered_by_id = fields.Many2one(
        comodel_name="res.users", ondelete="set null", readonly=True
    )
    answered_pace = fields.Float(
        string="Pace When Answered (%)",
        digits=(16, 1),
        aggregator="avg",
        readonly=True,
    )
    answered_deviation = fields.Float(
        string="Deviation When Answered",
        digits=0,
        aggregator=None,
        readonly=True,
    )
    effect = fields.Float(
        string="Effect (Points)",
        digits=(16, 1),
        aggregator="avg",
        help="Percentage points that the pace has gained since the answer.",
        readonly=True,
    )
    closed_at = fields.Datetime(string="Closed On", readonly=True)
    action_ids = fields.One2many(
        comodel_name="sales.action", inverse_name="alert_id", string="Action Items"
    )
    open_action_count = fields.Integer(compute="_compute_open_action_count")
    event_ids = fields.One2many(
        comodel_name="sales.alert.event", inverse_name="alert_id", string="History"
    )

    _key = models.UniqueIndex(
        "(rule_id, target_id, period, date_from)",
        "This rule has already warned about this target and period. Open that warning.",
    )
    _to_tell = models.Index("(id) WHERE state = 'open' AND NOT is_told")

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.depends("target_id", "period", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for alert in self:
            target = alert.target_id.display_name
            period = alert._get_period_name(alert.period, alert.date_from)
            alert.display_name = f"{target} · {period}"

    @api.depends("action_ids.state")
    def _compute_open_action_count(self):
        for alert in self:
            alert.open_action_count = len(
                alert.action_ids.filtered(lambda item: item.state == "open")
            )

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if not self.env.su and not ANSWER.issuperset(own):
            raise AccessError(
                self.env._(
                    "Figures and status of a warning follow the results. Answer it"
                    " with a cause, an analysis and actions."
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_answer(self):
        """Say why, and what is done about it (policy 2.2.3).

        :raise UserError: if the cause is missing, or both analysis and actions are
        """
        self.check_access("write")
        self._check_can_answer()
        now = fields.Datetime.now()
        for alert in self:
            # The status is nobody's to write: what it needs was checked just now.
            alert.sudo().write(
                {
                    "state": "answered",
                    "answered_at": now,
                    "answered_by_id": self.env.user.id,
                    "answered_pace": alert.pace,
                    "answered_deviation": alert.deviation,
                    "effect": 0.0,
                }
            )
        self._keep("answered", user=self.env.user)
        own = self.activity_search([ACTIVITY], user_id=self.env.user.id)
        own.action_feedback()
        self._drop_to_dos()
        self._post_answer()

    def action_ask_again(self):
        """Give an answer back that does not convince."""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_leader"):
            raise UserError(self.env._("Only leaders can reopen an answer."))
        self.check_access("write")
        if any(alert.state != "answered" for alert in self):
            raise UserError(
                self.env._("This warning no longer needs a decision. Reload the page.")
            )
        # As in action_answer
        self.sudo().write(
            {"state": "open", "waiting_since": fields.Datetime.now(), "is_told": False}
        )
        self._keep("asked", user=self.env.user)
        self.sudo()._tell()

    def action_open_target(self):
        self.ensure_one()
        return self.target_id._get_records_action()

    def action_open_results(self):
        """Show the results of the target in all periods."""
        self.ensure_one()
        return self.target_id.action_open_results()

    def action_open_figures(self):
        """Show the figures that the actual is made of, down to their documents."""
        self.ensure_one()
        return self.target_id._get_figures_action(self.date_from, self.date_to)

    def action_open_gap_analysis(self):
        """Show where the deviation comes from, before it is answered."""
        self.ensure_one()
        return self.target_id._get_gap_action(self.period, self.date_from)

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_evaluate(self):
        """Judge all results, then tell who has to know, a batch in each transaction.

        Whoever was not told yet is so the next time, if this is killed half-way.
        """
        cron = self.env["ir.cron"]
        # See what users have answered meanwhile.
        cron._commit_progress()
        self.env["sales.mart"]._lock(self._table)
        self._evaluate_rules()
        self._escalate()
        to_tell = Domain("state", "=", "open") & Domain("is_told", "=", False)
        remaining = self.search_count(to_tell)
        cron._commit_progress(remaining=remaining)
        while remaining:
            alerts = self.search(to_tell, limit=BATCH)
            alerts._tell()
            remaining -= len(alerts)
            if not cron._commit_progress(len(alerts), remaining=remaining):
                return
        self.env["sales.alert.milestone"]._notice()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _check_can_answer(self):
        for alert in self:
            if alert.state != "open":
                raise UserError(
                    self.env._(
                        "%(alert)s no longer needs an answer. Reload the page.",
                        alert=alert.display_name,
                    )
                )
            if not alert.cause:
                raise UserError(
                    self.env._(
                        "Choose the cause of %(alert)s.",
                        alert=alert.display_name,
                    )
                )
            if not (alert.analysis or "").strip() and not alert.action_ids:
                raise UserError(
                    self.env._(
                        "Describe the situation of %(alert)s, or add an action with"
                        " owner and due date.",
                        alert=alert.display_name,
                    )
                )

    def _keep(self, event, user=None):
        """Add to the history what people have done, with the figures of that moment."""
        # The history is written by the program alone.
        self.env["sales.alert.event"].sudo().create(
            [
                {
                    "alert_id": alert.id,
                    "event": event,
                    "date": fields.Datetime.now(),
                    "user_id": user.id if user else False,
                    "severity": alert.severity,
                    "amount": alert.amount,
                    "expected": alert.expected,
                    "actual": alert.actual,
                    "deviation": alert.deviation,
                    "pace": alert.pace,
                    "cause": alert.cause,
                    "analysis": alert.analysis,
                }
                for alert in self
            ]
        )

    def _post_answer(self):
        """Write the answer into the discussion, without mails: leaders have digests."""
        causes = dict(self._fields["cause"]._description_selection(self.env))
        for alert in self:
            alert.message_post(
                body=self.env._(
                    "Answered: %(cause)s. %(analysis)s",
                    cause=causes[alert.cause],
                    analysis=alert.analysis or "",
                ),
                subtype_xmlid="mail.mt_note",
            )

    @api.model
    def _merge_targets(self, target, other):
        """Join the warnings of two targets that have one of a rule and period each."""
        alerts = self.search([("target_id", "in", (target | other).ids)])
        for pair in alerts.grouped(
            lambda alert: (alert.rule_id, alert.period, alert.date_from)
        ).values():
            kept = pair.filtered(lambda alert: alert.target_id == target)
            if kept and kept != pair:
                kept._take_over(pair - kept)

    def _take_over(self, other):
        """Keep what was said about another warning, and what is done about it."""
        self.ensure_one()
        texts = filter(None, (self.analysis, other.analysis))
        self.write(
            {
                "cause": self.cause or other.cause,
                "analysis": "\n".join(dict.fromkeys(texts)) or False,
            }
        )
        self.target_id._join_references("sales.alert", other, self)
        other.unlink()
