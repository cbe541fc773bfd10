# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlertEvent(models.Model):
    """Adds the figures at each event to the history of warnings about targets."""

    _inherit = "sales.alert.event"

    currency_id = fields.Many2one(related="alert_id.currency_id")
    metric_unit = fields.Selection(related="alert_id.metric_unit")
    amount = fields.Float(string="Target", digits=0, aggregator=None)
    expected = fields.Float(string="Expected to Date", digits=0, aggregator=None)
    actual = fields.Float(digits=0, aggregator=None)
    deviation = fields.Float(digits=0, aggregator=None)
    pace = fields.Float(string="Pace (%)", digits=(16, 1), aggregator=None)
