# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_target_tolerance = fields.Float(
        string="Tolerated Gap",
        default=0.5,
        help="The parts of a target may differ from it by so many percent unexplained."
        " A larger gap has to be explained before the plan is submitted.",
    )

    _sales_target_tolerance_range = models.Constraint(
        "CHECK (sales_target_tolerance BETWEEN 0 AND 100)",
        "The tolerated gap is a percentage between 0 and 100.",
    )

    def _get_sales_day(self, moment):
        """Return the day that a moment is on where the company's figures are dated.

        :param datetime moment: in UTC, without its timezone
        """
        self.ensure_one()
        timezone = pytz.timezone(self.sales_tz)
        return pytz.utc.localize(moment).astimezone(timezone).date()
