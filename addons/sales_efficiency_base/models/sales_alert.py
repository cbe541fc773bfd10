# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import AlertDigest, AlertEvaluation, AlertNotification
from ..engine.alert_notification import ACTIVITY

BATCH = 200
# Fields that users may write; the others follow from the rules and the actions.
ANSWER = {"cause", "analysis", "action_ids", "activity_ids"}
SEVERITIES = [("critical", "Critical"), ("warning", "Warning")]
# SQL of each column updated by an evaluation: `n` is the new row, `o` the old one.
FOLLOWING = {
    "severity": "COALESCE(n.severity, o.severity)",
    "state": """
        CASE WHEN n.is_asked THEN 'open'
             WHEN n.event IN ('recovered', 'missed') THEN 'closed' ELSE o.state END
    """,
    "outcome": """
        CASE WHEN n.is_asked THEN NULL
             WHEN n.event IN ('recovered', 'missed') THEN n.event ELSE o.outcome END
    """,
    "is_told": "NOT n.is_asked AND COALESCE(o.is_told, FALSE)",
    "opened_at": "CASE WHEN n.is_new THEN n.now ELSE o.opened_at END",
    # An unanswered warning that worsens keeps its waiting time.
    "waiting_since": """
        CASE WHEN n.is_asked AND (n.is_new OR o.state <> 'open') THEN n.now
             ELSE o.waiting_since END
    """,
    "answered_at": "CASE WHEN NOT n.is_asked THEN o.answered_at END",
    "answered_by_id": "CASE WHEN NOT n.is_asked THEN o.answered_by_id END",
    "closed_at": """
        CASE WHEN n.is_asked THEN NULL
             WHEN n.event IN ('recovered', 'missed') THEN n.now ELSE o.closed_at END
    """,
    "escalated_id": "CASE WHEN NOT n.is_new THEN o.escalated_id END",
}


class SalesAlert(models.Model):
    """A record that needs an answer, with its cause and actions (policy 2.2.3).

    There is one for each rule, record and occasion. ``_evaluate_rules`` opens, updates
    and closes it; users add the cause and the actions.
    """

    _name = "sales.alert"
    _description = "Warning"
    _inherit = [
        "sales.responsible.mixin",
        "sales.guard.mixin",
        "sales.cause.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "severity, opened_at desc, id desc"

    rule_id = fields.Many2one(
        comodel_name="sales.alert.rule",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    res_model = fields.Char(
        string="Subject Type",
        required=True,
        export_string_translation=False,
        readonly=True,
    )
    res_id = fields.Many2oneReference(
        string="Subject",
        model_field="res_model",
        required=True,
        index=True,
        export_string_translation=False,
        readonly=True,
    )
    occasion = fields.Char(
        required=True,
        default="",
        export_string_translation=False,
        help="Tells several warnings of a rule about one record apart.",
        readonly=True,
    )
    is_subject_readable = fields.Boolean(
        compute="_compute_is_subject_readable",
        search="_search_is_subject_readable",
        export_string_translation=False,
    )
    company_id = fields.Many2one(readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    responsible_id = fields.Many2one(readonly=True)
    severity = fields.Selection(
        selection=SEVERITIES,
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
        help="Open: no cause or action yet.\nAnswered: actions agreed; watch what comes"
        " of them.\nClosed: recovered, or its time is over.",
        readonly=True,
    )
    outcome = fields.Selection(
        selection=[
            ("recovered", "Recovered"),
            ("missed", "Time is over"),
            ("withdrawn", "Not watched any more"),
        ],
        help="Why it was closed. It reopens if it falls back.",
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
    answered_at = fields.Datetime(string="Answered On", readonly=True)
    answered_by_id = fields.Many2one(
        comodel_name="res.users", ondelete="set null", readonly=True
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
        "(rule_id, res_id, occasion)",
        "This rule has already warned about this record. Open that warning.",
    )
    _subject = models.Index("(res_model, res_id)")
    _to_tell = models.Index("(id) WHERE state = 'open' AND NOT is_told")

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.depends("res_model", "res_id", "rule_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for alert, subject in self._get_subjects().items():
            # sudo: recipients of a warning may see names, though not the records.
            name = subject.sudo().display_name or ""
            alert.display_name = f"{name}: {alert.rule_id.sudo().name}"

    @api.depends("action_ids.state")
    def _compute_open_action_count(self):
        for alert in self:
            alert.open_action_count = len(
                alert.action_ids.filtered(lambda item: item.state == "open")
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_subject_readable(self):
        subjects = self._get_subjects()
        for alerts in self.grouped("res_model").values():
            records = [subjects[alert].sudo(False) for alert in alerts]
            readable = records[0].union(*records)._filtered_access("read")
            for alert, record in zip(alerts, records, strict=True):
                alert.is_subject_readable = bool(record) and record in readable

    @api.model
    def _search_is_subject_readable(self, operator, _value):
        if operator != "in":
            return NotImplemented
        # Apply the user's record rules even if the superuser evaluates this domain.
        user = self.sudo(False)
        return Domain.OR(
            self._get_subject_domain(user.env[name])
            for name in self.pool.descendants(["sales.alert.mixin"], "_inherit")
            if not self.pool[name]._abstract and user.env[name].has_access("read")
        )

    @api.model
    def _get_subject_domain(self, subjects):
        """Return the :class:`Domain` of warnings about subjects the user may read."""
        readable = subjects.with_context(active_test=False)._search([])
        return Domain("res_model", "=", subjects._name) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN %s",
                model._field_to_sql(alias, "res_id", query),
                readable.subselect(),
            )
        )

    @api.model
    def _get_fixed_fields(self):
        """Users only answer warnings; rules set all else."""
        return super()._get_fixed_fields() | self._get_content(self._fields) - ANSWER

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_answer(self):
        """Answer the warnings with cause and actions (policy 2.2.3).

        :raise UserError: if the cause is missing, or analysis and actions both are
        """
        self.check_access("write")
        self._check_can_answer()
        for alert in self:
            # sudo: users cannot write the status; rights and answer were checked above.
            alert.sudo().write(alert._prepare_answer())
        self._keep("answered", user=self.env.user)
        own = self.activity_search([ACTIVITY], user_id=self.env.user.id)
        own.action_feedback()
        self._drop_to_dos()
        self._post_answer()

    def action_ask_again(self):
        """Reopen answered warnings whose answer is not convincing."""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_leader"):
            raise UserError(self.env._("Only leaders can reopen an answer."))
        self.check_access("write")
        if any(alert.state != "answered" for alert in self):
            raise UserError(
                self.env._("This warning no longer needs a decision. Reload the page.")
            )
        # sudo: as in action_answer
        self.sudo().write(
            {"state": "open", "waiting_since": fields.Datetime.now(), "is_told": False}
        )
        self._keep("asked", user=self.env.user)
        self.sudo()._tell()

    @api.readonly
    def action_open_subject(self):
        """Open the subject of the warning if the user may read it."""
        self.ensure_one()
        subject = self._get_subjects()[self]
        subject.check_access("read")
        return subject._get_records_action()

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_evaluate(self):
        """Evaluate all rules, then notify recipients, one batch per transaction.

        If the job is interrupted, the next run notifies the remaining recipients.

        :return: whether all recipients were notified
        """
        cron = self.env["ir.cron"]
        # A new transaction sees the answers given in the meantime.
        cron._commit_progress()
        self.env["sales.mart"]._lock(self._table)
        self._evaluate_rules()
        AlertNotification(self).escalate()
        to_tell = Domain("state", "=", "open") & Domain("is_told", "=", False)
        remaining = self.search_count(to_tell)
        cron._commit_progress(remaining=remaining)
        while remaining:
            alerts = self.search(to_tell, limit=BATCH)
            alerts._tell()
            remaining -= len(alerts)
            if not cron._commit_progress(len(alerts), remaining=remaining):
                return False
        return True

    @api.model
    def _cron_send_digests(self):
        AlertDigest(self.env).send_all()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _evaluate_rules(self, since=None):
        """Update all warnings with the findings of the rules (policy 2.2.3).

        Nothing is measured here. There is one warning for each rule, record and
        occasion. To keep this fast, recipients are notified later by ``_tell``. Calling
        it again is safe: without changes, it does nothing.

        :param since: earliest end of a period that can cause new warnings; a few days
            ago by default
        :return: the warnings opened, changed or closed
        """
        rules = self.env["sales.alert.rule"].search([("active", "=", True)])
        return AlertEvaluation(rules, since).run()

    @api.model
    def _get_renewed_columns(self):
        """Return the columns that each evaluation overwrites with the findings."""
        return ("company_id", "responsible_id", "metric_id", *self._get_dimensions())

    @api.model
    def _get_following_columns(self):
        """Return the SQL of the columns that an evaluation derives.

        :return: dict column -> SQL, where ``n`` is the new row and ``o`` the old one
        """
        return dict(FOLLOWING)

    @api.model
    def _get_kept_columns(self):
        """Return the columns that the history keeps in addition to the answer."""
        return ()

    def _get_subjects(self):
        """Return the subjects of the warnings, with the access rights of the caller.

        :return: dict warning -> its subject; empty if it no longer exists
        """
        subjects = {}
        for name, alerts in self.grouped("res_model").items():
            model = self.env[name if name in self.env else self._name]
            ids = set(alerts.mapped("res_id")) if name in self.env else ()
            there = set(model.browse(ids).exists().ids)
            for alert in alerts:
                subjects[alert] = model.browse(there & {alert.res_id})
        return subjects

    def _tell(self):
        """Create to-dos for everyone who has to answer or to know."""
        AlertNotification(self).tell()

    def _drop_to_dos(self):
        AlertNotification(self).drop_to_dos()

    def _prepare_to_do(self):
        """Return summary and note of the to-do, in the language of the context."""
        return {
            "summary": self.display_name,
            "note": self.env._("Give the cause and your actions."),
        }

    @api.model
    def _get_digest_sections(self):
        """Hook for add-ons: return what else the digest of a user says.

        :return: defaultdict user -> list of functions that take an environment in the
            language of the user and return a :class:`DigestSection`
        """
        return defaultdict(list)

    def _sort_for_digest(self):
        """Return the warnings, worst first."""
        return self

    def _get_severity_shade(self):
        """:return: the colour of the severity in an e-mail"""
        self.ensure_one()
        return self.env["sales.status.color"]._get_shade("severity", self.severity)

    def _prepare_answer(self):
        return {
            "state": "answered",
            "answered_at": fields.Datetime.now(),
            "answered_by_id": self.env.user.id,
        }

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
        """Log what users did in the history, with the figures of that moment."""
        kept = ("severity", "cause", "analysis", *self._get_kept_columns())
        # sudo: only the program writes the history.
        self.env["sales.alert.event"].sudo().create(
            [
                {
                    "alert_id": alert.id,
                    "event": event,
                    "date": fields.Datetime.now(),
                    "user_id": user.id if user else False,
                    **{name: alert[name] for name in kept},
                }
                for alert in self
            ]
        )

    def _post_answer(self):
        """Post the answer as a note, without mails: leaders get digests."""
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
