# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Command

# Default metrics of weekly reports (policy 2.2.1)
WEEKLY_METRICS = (
    "ordered_amount",
    "order_count",
    "collected_amount",
    "new_customers",
    "opportunities_created",
    "won",
    "lost",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_weekly_reports = fields.Boolean(
        string="Weekly Reports",
        default=True,
        help="Ask every salesperson for a report of each week.",
        prefetch="sales_settings",
    )
    sales_weekly_support_reports = fields.Boolean(
        string="Weekly Reports of Sales Support",
        help="Ask sales support for reports, too; the leader of a team that they serve"
        " reads them.",
        prefetch="sales_settings",
    )
    sales_weekly_weekday = fields.Selection(
        selection=[
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
            ("7", "Monday of the next week"),
            ("8", "Tuesday of the next week"),
        ],
        string="Due Day of Weekly Reports",
        required=True,
        default="4",
        help="Anyone off that day reports on their next working day.",
        prefetch="sales_settings",
    )
    sales_weekly_hour = fields.Float(
        string="Due Hour of Weekly Reports",
        default=18.0,
        help="In the time zone of the sales figures.",
        prefetch="sales_settings",
    )
    sales_weekly_reminder_hours = fields.Integer(
        string="Reminder Before",
        default=4,
        help="Reminder before the deadline, in hours. A second one follows after the"
        " deadline.",
        prefetch="sales_settings",
    )
    sales_weekly_metric_ids = fields.Many2many(
        comodel_name="sales.metric",
        relation="res_company_sales_weekly_metric_rel",
        string="Figures of Weekly Reports",
        domain="[('company_id', 'in', (False, id))]",
    )
    sales_meeting_share_pack = fields.Boolean(
        string="Attendees See the Whole Data Pack",
        help="Attendees of a sales meeting see everyone's figures in its data pack,"
        " not only their own.",
        prefetch="sales_settings",
    )

    _sales_weekly_hour_range = models.Constraint(
        "CHECK (sales_weekly_hour >= 0 AND sales_weekly_hour < 24)",
        "The due hour of weekly reports must be between 00:00 and 23:59.",
    )
    _sales_weekly_reminder_range = models.Constraint(
        "CHECK (sales_weekly_reminder_hours BETWEEN 0 AND 168)",
        "The reminder is sent between 0 and 168 hours before the deadline.",
    )

    @api.model
    def _default_sales_weekly_metric_ids(self):
        """:return: ids of the default metrics, except deleted ones"""
        refs = (
            self.env.ref(f"sales_efficiency_base.sales_metric_{name}", False)
            for name in WEEKLY_METRICS
        )
        return [Command.set([metric.id for metric in refs if metric])]

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: users may create companies without access to metrics.
        for company in companies.sudo():
            if not company.sales_weekly_metric_ids:
                company.sales_weekly_metric_ids = (
                    self._default_sales_weekly_metric_ids()
                )
        return companies

    @api.model
    def _set_default_weekly_metrics(self):
        """Set the default metrics of existing companies."""
        companies = self.with_context(active_test=False).search(
            [("sales_weekly_metric_ids", "=", False)]
        )
        companies.sales_weekly_metric_ids = self._default_sales_weekly_metric_ids()
