# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .sales_alert import SEVERITIES


class SalesAlertEvent(models.Model):
    """An entry in the history of a warning."""

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
    severity = fields.Selection(selection=SEVERITIES)
