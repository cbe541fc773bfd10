# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesContactDutyMixin(models.AbstractModel):
    """Which customer is to be contacted for a company, and by whom. Only code writes
    it."""

    _name = "sales.contact.duty.mixin"
    _description = "Duty to Contact a Customer"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, index=True, readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Who",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
