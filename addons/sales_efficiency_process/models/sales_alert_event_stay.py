# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlertEvent(models.Model):
    """Keeps how long an opportunity had waited in the history of its warnings."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.alert.event"

    stay_days = fields.Float(
        string="Working Days", digits=(16, 1), aggregator=None, readonly=True
    )
