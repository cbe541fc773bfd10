# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesStoreCheck(models.Model):
    _name = "sales.store.check"
    _inherit = ["sales.guard.mixin", "sales.alert.mixin"]
    _description = "Store Check"

    name = fields.Char(required=True)
    date = fields.Date(required=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(comodel_name="res.users")
    partner_id = fields.Many2one(comodel_name="res.partner")
    kind_id = fields.Many2one(
        comodel_name="sales.store.check.kind", ondelete="restrict"
    )
    stars = fields.Integer()
