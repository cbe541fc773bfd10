# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import name_period

SECTIONS = [
    ("total", "Company and Teams"),
    ("person", "Salespeople"),
    ("product", "Product Lines"),
    ("other", "Other Targets"),
    ("deviation", "Largest Deviations"),
    ("warning", "Open Warnings"),
    ("problem", "Problems of the Weekly Reports"),
    ("action", "Open Action Items of Earlier Meetings"),
]
# Paths to the documents of lines
DOCUMENTS = ("action_id", "alert_id", "report_line_id.report_id", "target_id")


class SalesMeetingLine(models.Model):
    """A line of the data pack of a sales meeting: a snapshot of that day.

    Figures and texts are copies and do not change with the linked documents. Only
    ``sales.meeting._generate_pack`` writes lines.
    """

    _name = "sales.meeting.line"
    _inherit = ["sales.cause.mixin", "sales.default.mixin"]
    _description = "Line of a Sales Meeting's Data Pack"
    _order = "meeting_id, sequence, id"

    meeting_id = fields.Many2one(
        comodel_name="sales.meeting", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="meeting_id.company_id.currency_id")
    section = fields.Selection(selection=SECTIONS, required=True)
    sequence = fields.Integer()
    name = fields.Char(string="About", required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        index="btree_not_null",
        ondelete="restrict",
    )

    period_name = fields.Char(string="Period", compute="_compute_period_name")

    # A target in the month of the meeting
    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        index="btree_not_null",
        ondelete="set null",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric", index="btree_not_null", ondelete="restrict"
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    is_measured = fields.Boolean()
    amount = fields.Float(string="Target", digits=0)
    actual = fields.Float(digits=0)
    attainment = fields.Float(string="Attainment (%)", digits=(16, 1))
    deviation = fields.Float(
        digits=0,
        help="Actual less expected to date. For a past month, actual less its target.",
    )
    status = fields.Selection(
        selection=[
            ("reached", "Reached"),
            ("on_track", "On track"),
            ("behind", "Behind"),
            ("open", "To come"),
        ],
    )
    year_amount = fields.Float(string="Target of the Year", digits=0)
    projected = fields.Float(
        string="Landing of the Year",
        digits=0,
        help="Projected landing of the year at the pace of that day.",
    )

    # A warning
    alert_id = fields.Many2one(
        comodel_name="sales.alert",
        string="Warning",
        index="btree_not_null",
        ondelete="set null",
    )
    severity = fields.Selection(
        selection=[("warning", "Warning"), ("critical", "Critical")]
    )
    pace = fields.Float(string="Pace (%)", digits=(16, 1))

    # A problem of a weekly report
    report_line_id = fields.Many2one(
        comodel_name="sales.weekly.report.line",
        string="Problem",
        index="btree_not_null",
        ondelete="set null",
    )
    solution = fields.Text()

    # An action item
    action_id = fields.Many2one(
        comodel_name="sales.action",
        string="Action Item",
        index="btree_not_null",
        ondelete="set null",
    )
    action_state = fields.Selection(related="action_id.state", string="Status Now")
    date_deadline = fields.Date(string="Due Date")
    carried_count = fields.Integer(
        string="Carried Over",
        help="Number of meetings with this item still open, including this one.",
    )

    @api.depends("meeting_id.month", "alert_id")
    @api.depends_context("lang")
    def _compute_period_name(self):
        for line in self:
            # sudo: users who can read the line may know its period.
            alert = line.alert_id.sudo()
            line.period_name = name_period(
                self.env,
                alert.period or "month",
                alert.date_from or line.meeting_id.month,
            )

    @api.readonly
    def action_open_document(self):
        """Open the document of the line."""
        self.ensure_one()
        document = self._get_document()
        if not document.has_access("read"):
            self._refuse_document()
        return document._get_records_action()

    @api.readonly
    def action_open_gap_analysis(self):
        """Show the causes of the deviation of the month (policy 2.2.2)."""
        self.ensure_one()
        target = self.target_id
        if not target.has_access("read"):
            self._refuse_document()
        return target._get_gap_action("month", self.meeting_id.month)

    def _refuse_document(self):
        raise AccessError(
            self.env._(
                "This document belongs to %(person)s. You can discuss it in the"
                " meeting but not open it.",
                person=self.user_id.name or "",
            )
        )

    def _get_document(self):
        """:return: the document of the line; the user may lack access to it"""
        self.ensure_one()
        # sudo: only finds the document, returned with the rights of the user.
        documents = map(self.sudo().mapped, DOCUMENTS)
        return next(filter(None, documents), self.meeting_id).with_env(self.env)

    @api.model
    def _count_carried(self, items):
        """Count in how many later meetings action items were still open.

        :param items: ``sales.action`` records
        :return: dict item → number, without items that were never carried over
        """
        return dict(
            self._read_group(
                [("action_id", "in", items.ids), ("meeting_id.state", "=", "held")],
                ["action_id"],
                ["__count"],
            )
        )

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _format_figure(self, name):
        """:return: a figure formatted in the unit of its metric"""
        self.ensure_one()
        if not self.is_measured and name not in ("amount", "year_amount"):
            return "–"
        metric = self.metric_id.with_company(self.meeting_id.company_id)
        return metric._format(self[name], is_difference=name == "deviation")

    def _get_color(self, kind, name):
        """:return: the style of a status in the document"""
        self.ensure_one()
        color = self.env["sales.status.color"]._get_color(kind, self[name])
        return f"text-{color}"

    def _format_percent(self, name):
        """:return: a formatted percentage"""
        self.ensure_one()
        # If less is better and the actual is zero, attainment would divide by zero.
        is_undefined = self.status == "reached" and not self[name]
        if not self.is_measured or is_undefined:
            return "–"
        return self.env._("%s %%", formatLang(self.env, self[name], digits=1))
