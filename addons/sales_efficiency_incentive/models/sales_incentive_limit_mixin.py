# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

CAP_MODES = [("forfeit", "Forfeited"), ("carry", "Carried on")]


class SalesIncentiveLimitMixin(models.AbstractModel):
    """Caps of a month and of an interval, for one rule or for all of a plan."""

    _name = "sales.incentive.limit.mixin"
    _description = "Limits of Incentives"

    currency_id = fields.Many2one(comodel_name="res.currency")
    interval = fields.Selection(
        selection=[
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half", "Half-year"),
            ("year", "Fiscal year"),
        ],
        required=True,
    )
    cap_month = fields.Monetary(string="Cap per Month")
    cap_month_mode = fields.Selection(
        selection=CAP_MODES,
        string="Above the Cap of a Month",
        required=True,
        default="forfeit",
    )
    cap_interval = fields.Monetary(string="Cap per Interval")
    cap_interval_mode = fields.Selection(
        selection=CAP_MODES,
        string="Above the Cap of an Interval",
        required=True,
        default="forfeit",
    )
