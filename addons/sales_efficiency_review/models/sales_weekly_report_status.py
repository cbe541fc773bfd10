# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL


class SalesWeeklyReportStatus(models.AbstractModel):
    """How far a weekly report is, and whether it came on time (policy 2.2.1)."""

    _name = "sales.weekly.report.status"
    _description = "Status of a Weekly Report"

    state = fields.Selection(
        selection=[("draft", "Draft"), ("submitted", "Submitted"), ("read", "Read")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    status = fields.Selection(
        selection=[
            ("missing", "Missing"),
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("late", "Submitted late"),
            ("read", "Read"),
            ("returned", "Sent back"),
            ("excused", "Not Required"),
        ],
        compute="_compute_status",
        store=True,
        help="Missing: past the deadline. Not required: no working day in that week.",
    )
    is_expected = fields.Boolean(
        string="Target",
        default=True,
        readonly=True,
        help="The person has a working day in the week.",
    )
    is_missing = fields.Boolean(readonly=True, copy=False)
    submitted_at = fields.Datetime(
        string="Submitted On",
        readonly=True,
        copy=False,
        help="Date of the first submission.",
    )
    is_late = fields.Boolean(
        string="Late",
        readonly=True,
        copy=False,
        help="Submitted after the deadline.",
    )
    due_count = fields.Integer(string="Due", compute="_compute_status", store=True)
    on_time_count = fields.Integer(
        string="On Time", compute="_compute_status", store=True
    )
    on_time_rate = fields.Float(
        string="On Time (%)",
        compute="_compute_status",
        store=True,
        digits=(16, 1),
        aggregator="avg",
        help="Reports submitted on time ÷ reports due.",
    )

    @api.depends("state", "is_expected", "is_missing", "is_late", "submitted_at")
    def _compute_status(self):
        for report in self:
            is_due = report.is_expected and (report.submitted_at or report.is_missing)
            is_on_time = is_due and report.submitted_at and not report.is_late
            report.due_count = bool(is_due)
            report.on_time_count = bool(is_on_time)
            report.on_time_rate = 100.0 * bool(is_on_time)
            report.status = report._get_status()

    def _read_group_select(self, aggregate_spec, query):
        """The rate of a group is that of all its reports that were due."""
        if aggregate_spec != "on_time_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        on_time, due = (
            self._field_to_sql(self._table, name, query)
            for name in ("on_time_count", "due_count")
        )
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", on_time, due)

    def _get_status(self):
        self.ensure_one()
        if self.state == "submitted":
            return "late" if self.is_late else "submitted"
        if self.state == "read":
            return "read"
        if self.submitted_at:
            return "returned"
        if not self.is_expected:
            return "excused"
        return "missing" if self.is_missing else "draft"
