# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What a quotation needs, and how far below a floor each role may go (3.3.1)."""

    _inherit = "res.company"

    sales_quotation_check = fields.Selection(
        selection=[
            ("off", "Do not check"),
            ("warn", "Show what is missing"),
            ("refuse", "Do not send what is incomplete"),
        ],
        string="Complete Quotations",
        default="warn",
        required=True,
        groups="base.group_user",
    )
    sales_needs_price = fields.Boolean(
        string="Price",
        default=True,
        groups="base.group_user",
    )
    sales_needs_quantity = fields.Boolean(
        string="Quantity",
        default=True,
        groups="base.group_user",
    )
    sales_needs_delivery_date = fields.Boolean(
        string="Delivery Date", groups="base.group_user"
    )
    sales_needs_payment_term = fields.Boolean(
        string="Payment Terms",
        default=True,
        groups="base.group_user",
    )
    sales_needs_after_sales = fields.Boolean(
        string="After-Sales Terms", groups="base.group_user"
    )
    sales_needs_validity = fields.Boolean(
        string="Expiration",
        default=True,
        groups="base.group_user",
    )
    sales_limit_person = fields.Float(
        string="Limit of Salespeople (%)",
        digits=(5, 2),
        default=0.0,
        groups="base.group_user",
    )
    sales_limit_leader = fields.Float(
        string="Limit of Team Leaders (%)",
        digits=(5, 2),
        default=5.0,
        groups="base.group_user",
    )
    sales_limit_director = fields.Float(
        string="Limit of Sales Directors (%)",
        digits=(5, 2),
        default=15.0,
        groups="base.group_user",
    )

    _sales_limit_person_range = models.Constraint(
        "CHECK (sales_limit_person BETWEEN 0 AND 100)",
        "The negotiation limit of salespeople is 0 to 100 %.",
    )
    _sales_limit_leader_range = models.Constraint(
        "CHECK (sales_limit_leader BETWEEN 0 AND 100)",
        "The negotiation limit of team leaders is 0 to 100 %.",
    )
    _sales_limit_director_range = models.Constraint(
        "CHECK (sales_limit_director BETWEEN 0 AND 100)",
        "The negotiation limit of sales directors is 0 to 100 %.",
    )

    def write(self, vals):
        res = super().write(vals)
        if "account_price_include" in vals:
            # What taxes leave of sales prices is kept with the floors.
            self.env["sales.price.floor"]._forget_floors()
        return res
