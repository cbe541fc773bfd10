# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SaleOrder(models.Model):
    """Visits about the opportunity that an order came from (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sale.order"

    # Customers read their orders: the field is for those who sell.
    sales_visit_count = fields.Integer(
        string="Visits",
        compute="_compute_sales_visit_count",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("opportunity_id")
    @api.depends_context("uid")
    def _compute_sales_visit_count(self):
        counts = dict(
            self.env["sales.visit"]._read_group(
                [
                    ("lead_id", "in", self.opportunity_id.ids),
                    ("state", "!=", "cancelled"),
                ],
                ["lead_id"],
                ["__count"],
            )
        )
        for order in self:
            order.sales_visit_count = counts.get(order.opportunity_id._origin, 0)

    @api.readonly
    def action_open_sales_visits(self):
        self.ensure_one()
        self.check_access("read")
        return self.opportunity_id.action_open_sales_visits()
