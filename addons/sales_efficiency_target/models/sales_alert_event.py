# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlertEvent(models.Model):
    """What has happened to a warning, with the figures of that moment."""

    _name = "sales.alert.event"
    _description = "History of a Warning"
    _inherit = ["sales.cause.mixin", "sales.default.mixin"]
    _order = "date desc, id desc"
    _rec_name = "event"

    alert_id = fields.Many2one(
        comodel_name="sales.alert",
        string="Warning",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="alert_id.currency_id")
    metric_unit = fields.Selection(related="alert_id.metric_unit")
    event = fields.Selection(
        selection=[
            ("opened", "Opened"),
            ("worsened", "Turned critical"),
            ("improved", "Improved"),
            ("answered", "Answered"),
            ("asked", "Asked again"),
            ("escalated", "Escalated"),
            ("recovered", "Recovered"),
            ("relapsed", "Fell back"),
            ("missed", "Time is over"),
            ("withdrawn", "Not watched any more"),
        ],
        required=True,
    )
    date = fields.Datetime(required=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        ondelete="set null",
        help="Person who answered, asked or was notified.",
    )
    severity = fields.Selection(
        selection=[("critical", "Critical"), ("warning", "Warning")]
    )
    amount = fields.Float(string="Target", digits=0, aggregator=None)
    expected = fields.Float(string="Expected to Date", digits=0, aggregator=None)
    actual = fields.Float(digits=0, aggregator=None)
    deviation = fields.Float(digits=0, aggregator=None)
    pace = fields.Float(string="Pace (%)", digits=(16, 1), aggregator=None)
