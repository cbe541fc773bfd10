# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL


class SalesWaste(models.Model):
    """A planned visit is a next step: its event does not name the opportunity, because
    customers may read it (policy 3.1.3)."""

    _inherit = "sales.waste"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_next_steps(self):
        return [
            *super()._get_next_steps(),
            SQL(
                """
                SELECT lead_id, create_date AS begins, stop AS ends
                  FROM sales_visit
                 WHERE lead_id IS NOT NULL AND state <> 'cancelled'
                """
            ),
        ]
