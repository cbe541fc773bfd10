# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..engine.funnel import WasteCause


class SalesWaste(models.Model):
    """Prices that wait for approval cost time, too (policy 1.3.2)."""

    _inherit = "sales.waste"

    @api.model
    def _get_waste_causes(self):
        return [
            *super()._get_waste_causes(),
            WasteCause(
                code="price_approval",
                name=self.env._("Price approvals that wait"),
                description=self.env._(
                    "Price requests: the days from their submission to their decision."
                ),
                model="sales.price.request",
                select=self._sql_price_approvals(),
            ),
        ]

    @api.model
    def _sql_price_approvals(self):
        return SQL(
            """
            SELECT request.id AS res_id, o.opportunity_id AS lead_id,
                   request.company_id, o.team_id, o.user_id,
                   request.submitted_on AS since, request.decided_on AS until,
                   NULL::float8 AS allowed,
                   CASE request.state WHEN 'submitted' THEN request.amount END AS money
              FROM sales_price_request AS request
              JOIN sale_order AS o ON o.id = request.order_id
             WHERE request.state IN ('submitted', 'approved', 'rejected')
               AND request.submitted_on IS NOT NULL
               AND request.is_own IS NOT TRUE
            """
        )
