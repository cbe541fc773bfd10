# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How the company visits customers (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    sales_visit_minutes = fields.Integer(
        string="Minutes of a Visit",
        default=60,
        required=True,
        groups="base.group_user",
        help="How long a visit lasts unless planned otherwise.",
        prefetch="sales_settings",
    )
    sales_visit_gap = fields.Integer(
        string="Minutes between Appointments",
        default=30,
        required=True,
        groups="base.group_user",
        help="Time that the way from one appointment to the next takes.",
        prefetch="sales_settings",
    )
    sales_visit_per_day = fields.Integer(
        string="Visits per Day",
        default=4,
        required=True,
        groups="base.group_user",
        help="Plan My Week puts at most so many visits into a day.",
        prefetch="sales_settings",
    )
    sales_visit_report_hours = fields.Integer(
        string="Hours to Report on a Visit",
        default=24,
        required=True,
        groups="base.group_user",
        help="So many hours after its end, the report of a visit is asked for.",
        prefetch="sales_settings",
    )
    sales_visit_places = fields.Boolean(
        string="Locate Check-Ins",
        default=True,
        groups="base.group_user",
        help="Phones tell where people are when they check in or out, once each.",
        prefetch="sales_settings",
    )
    sales_visit_radius = fields.Integer(
        string="Radius around Customers (m)",
        default=200,
        required=True,
        groups="base.group_user",
        help="Whoever checks in farther away from the customer says why.",
        prefetch="sales_settings",
    )
    sales_visit_place_months = fields.Integer(
        string="Months to Keep Places",
        default=3,
        required=True,
        groups="base.group_user",
        help="After so many months the places of check-ins are erased.",
        prefetch="sales_settings",
    )

    _sales_visit_minutes_range = models.Constraint(
        "CHECK (sales_visit_minutes BETWEEN 5 AND 720)",
        "A visit lasts 5 to 720 minutes.",
    )
    _sales_visit_gap_range = models.Constraint(
        "CHECK (sales_visit_gap BETWEEN 0 AND 480)",
        "Between two appointments there are 0 to 480 minutes.",
    )
    _sales_visit_per_day_range = models.Constraint(
        "CHECK (sales_visit_per_day BETWEEN 1 AND 30)",
        "People visit 1 to 30 customers a day.",
    )
    _sales_visit_report_hours_range = models.Constraint(
        "CHECK (sales_visit_report_hours BETWEEN 0 AND 720)",
        "Reports of visits are asked for after 0 to 720 hours.",
    )
    _sales_visit_radius_range = models.Constraint(
        "CHECK (sales_visit_radius BETWEEN 10 AND 100000)",
        "The radius around customers is 10 to 100,000 metres.",
    )
    _sales_visit_place_months_range = models.Constraint(
        "CHECK (sales_visit_place_months BETWEEN 1 AND 24)",
        "Places are kept for 1 to 24 months.",
    )

    def write(self, vals):
        res = super().write(vals)
        if vals.get("sales_visit_places") is False:
            # Whoever wants no places wants none of the past, either.
            self.env.ref("sales_efficiency_process.ir_cron_visit_places")._trigger()
        return res
