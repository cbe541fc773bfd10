# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class SalesWeeklyReportFigure(models.Model):
    """A figure of a weekly report: of the week, and of the month against its target."""

    _name = "sales.weekly.report.figure"
    _inherit = "sales.default.mixin"
    _description = "Figure of a Weekly Report"
    _order = "report_id, sequence, id"

    report_id = fields.Many2one(
        comodel_name="sales.weekly.report",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="report_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer()
    metric_id = fields.Many2one(
        comodel_name="sales.metric", required=True, index=True, ondelete="cascade"
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    higher_is_better = fields.Boolean(related="metric_id.higher_is_better")
    week_actual = fields.Float(
        string="This Week",
        digits=0,
        help="From Monday to Sunday, or until the report was submitted.",
    )
    is_week_measured = fields.Boolean(help="False for a rate without any sales.")
    amount = fields.Float(
        string="Month's Target",
        digits=0,
        help="The person's own target of the month; empty where there is none.",
    )
    has_target = fields.Boolean()
    actual = fields.Float(
        string="Month to Date",
        digits=0,
        help="Month to date at the end of the week.",
    )
    is_measured = fields.Boolean(help="False for a rate without any sales.")
    attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        help="Month to date ÷ monthly target; inverted where less is better.",
    )

    _metric_uniq = models.Constraint(
        "UNIQUE (report_id, metric_id)", "Each figure appears in a report only once."
    )

    @api.readonly
    def action_open_figures(self):
        """Show the figures of the week, down to their documents."""
        self.ensure_one()
        report = self.report_id
        domain = self.metric_id._get_facts_domain()
        domain &= Domain("company_id", "=", report.company_id.id)
        domain &= Domain("user_id", "=", report.user_id.id)
        domain &= Domain("date", ">=", report.date_from)
        domain &= Domain("date", "<=", report.date_to)
        name = self.env._(
            "%(metric)s: %(report)s",
            metric=self.metric_id.name,
            report=report.display_name,
        )
        return self.env["sales.fact"]._get_facts_action(name, domain)
