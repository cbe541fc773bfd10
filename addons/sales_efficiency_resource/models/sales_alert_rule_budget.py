# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesAlertRule(models.Model):
    """Rules that watch budgets."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.alert.rule"

    purpose = fields.Selection(
        selection_add=[("budget", "Expense Budgets")],
        ondelete={"budget": "cascade"},
    )
