# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang


class ResPartner(models.Model):
    """A customer is a subject of warnings, and may buy less than before."""

    _name = "res.partner"
    _inherit = ["res.partner", "sales.alert.mixin"]

    # Nobody else may read warnings.
    alert_ids = fields.One2many(groups="sales_efficiency_base.group_sales_person")
    open_alert_count = fields.Integer(groups="sales_efficiency_base.group_sales_person")
    sales_drop_id = fields.Many2one(
        comodel_name="sales.customer.drop",
        string="Buying Drop",
        compute="_compute_sales_drop",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_drop_summary = fields.Char(
        string="Orders Compared with Expectation",
        compute="_compute_sales_drop",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "company", "lang")
    def _compute_sales_drop(self):
        """Find the drop of the current company that the user may read."""
        drops = self.env["sales.customer.drop"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("is_latest", "=", True),
                ("state", "!=", "none"),
            ]
        )
        by_customer = drops.grouped("partner_id")
        for partner in self:
            drop = by_customer.get(
                partner.commercial_partner_id._origin, drops.browse()
            )
            partner.sales_drop_id = drop
            partner.sales_drop_summary = drop and self.env._(
                "%(recent)s of %(expected)s orders",
                recent=drop.recent_orders,
                expected=formatLang(self.env, drop.expected_orders, digits=1),
            )

    @api.readonly
    def action_open_sales_drop(self):
        self.ensure_one()
        return self.sales_drop_id._get_records_action()
