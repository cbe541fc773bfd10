# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlertEvent(models.Model):
    """Adds the figures at each event to the history of warnings about customers."""

    _inherit = "sales.alert.event"

    expected_orders = fields.Float(digits=(16, 1), aggregator=None)
    recent_orders = fields.Integer(aggregator=None)
    amount_at_risk = fields.Monetary(string="Money at Risk")
