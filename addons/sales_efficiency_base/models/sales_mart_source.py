# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime


class SalesMartSource(models.Model):
    _name = "sales.mart.source"
    _description = "Source of the Sales Data Mart"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, readonly=True)
    subject = fields.Selection(
        selection=[
            ("order", "Orders"),
            ("customer", "Customers"),
            ("finance", "Finance"),
            ("expense", "Expenses"),
            ("marketing", "Marketing"),
            ("other", "Other"),
        ],
        string="Area",
        readonly=True,
        required=True,
        default="other",
    )
    description = fields.Text(translate=True)
    refreshed_at = fields.Datetime(
        string="Last Refresh",
        readonly=True,
        help="Last time that changed documents were processed.",
    )
    rebuilt_at = fields.Datetime(string="Last Rebuild", readonly=True)
    reconciled_at = fields.Datetime(string="Last Check", readonly=True)
    fact_count = fields.Integer(string="Figures", compute="_compute_facts")
    first_month = fields.Date(compute="_compute_facts")
    last_month = fields.Date(compute="_compute_facts")
    pending_count = fields.Integer(
        string="Changes Waiting",
        compute="_compute_pending",
        help="Document changes, of all sources, not yet included in the figures.",
    )
    pending_since = fields.Datetime(string="Waiting Since", compute="_compute_pending")
    freshness = fields.Char(compute="_compute_freshness")
    repaired_count = fields.Integer(
        string="Documents Repaired",
        compute="_compute_repaired_count",
        help="Documents repaired by the last nightly check.",
    )

    _code_uniq = models.Constraint(
        "unique(code)", "Each source can be listed only once."
    )

    def _compute_facts(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT source, SUM(facts), MIN(month), MAX(month)"
                " FROM sales_fact_cell GROUP BY source"
            )
        )
        values = {row[0]: row[1:] for row in rows}
        for source in self:
            count, first, last = values.get(source.code, (0, False, False))
            source.fact_count = count
            source.first_month = first
            source.last_month = last

    def _compute_pending(self):
        [[count, since]] = self.env.execute_query(
            SQL("SELECT COUNT(*), MIN(queued_at) FROM sales_fact_queue")
        )
        self.pending_count = count
        self.pending_since = since

    @api.depends_context("lang", "tz")
    @api.depends("pending_count", "pending_since", "refreshed_at", "rebuilt_at")
    def _compute_freshness(self):
        for source in self:
            if not (source.refreshed_at or source.rebuilt_at):
                source.freshness = self.env._("Being read for the first time")
            elif source.pending_count:
                source.freshness = self.env._(
                    "Shows all changes until %(time)s (waiting: %(count)s)",
                    time=format_datetime(self.env, source.pending_since),
                    count=source.pending_count,
                )
            else:
                source.freshness = self.env._("Up to date")

    @api.depends("reconciled_at")
    def _compute_repaired_count(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.code, SUM(r.documents)
                  FROM sales_mart_source s
                  JOIN sales_mart_reconciliation r
                    ON r.source = s.code AND r.date = s.reconciled_at
                 GROUP BY s.code
                """
            )
        )
        repaired = dict(rows)
        for source in self:
            source.repaired_count = repaired.get(source.code, 0)

    @api.model
    @api.readonly
    def get_freshness(self):
        """Return how up to date the figures are, for the views that show them.

        :return: dict of ``as_of`` (str, UTC: the figures show all changes until then),
            ``pending_count`` (int) and ``can_refresh`` (bool, of the current user)
        """
        source = self.search([], limit=1)
        as_of = source.pending_since or self._get_known_until()
        return {
            "as_of": fields.Datetime.to_string(as_of),
            "pending_count": source.pending_count,
            "can_refresh": self.has_access("write"),
        }

    @api.model
    def _get_known_until(self):
        """Return until when the database knows all changes.

        A standby knows them until the last one that it has replayed.
        """
        [[moment]] = self.env.execute_query(
            SQL(
                "SELECT CASE WHEN pg_is_in_recovery()"
                " THEN pg_last_xact_replay_timestamp() AT TIME ZONE 'UTC' END"
            )
        )
        return moment or fields.Datetime.now()

    @api.model
    def refresh_batch(self):
        """Bring the oldest changes into the figures (policy 6.1.2).

        The client repeats it until none is left, and shows the progress.

        :return: dict of ``taken`` and ``remaining`` (numbers of changes) and
            ``is_busy`` (somebody else is at it)
        """
        self.check_access("write")
        mart = self.env["sales.mart"]
        try:
            taken, remaining = mart._refresh_now()
        except UserError:
            return {"taken": 0, "remaining": mart._count_pending(), "is_busy": True}
        self.invalidate_model()
        return {"taken": taken, "remaining": remaining, "is_busy": False}

    def action_rebuild(self):
        """Recompute the figures of these sources in the background."""
        self.check_access("write")
        self._queue_rebuild()
        self.env["sales.mart"]._wake()
        return self._notify(
            self.env._("The figures are being recomputed in the background.")
        )

    def _queue_rebuild(self):
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_fact_queue (origin, res_id)"
                " SELECT 'sales_mart_source', unnest(%s::int[])",
                self.ids,
            )
        )

    def _notify(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
