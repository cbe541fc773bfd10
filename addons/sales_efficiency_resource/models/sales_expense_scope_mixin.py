# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesExpenseScopeMixin(models.AbstractModel):
    """For whom money was spent: a claim says it for itself, an analytic account for
    the items that it gets a share of (policy 5.3.2).

    As in Odoo, people, teams and campaigns can be deleted, unless they have figures."""

    _name = "sales.expense.scope.mixin"
    _description = "Scope of Expenses"

    sales_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False)]",
    )
    sales_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    sales_region_id = fields.Many2one(
        comodel_name="sales.region",
        string="Sales Region",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    sales_channel_id = fields.Many2one(
        comodel_name="sales.channel",
        string="Sales Channel",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    campaign_id = fields.Many2one(
        comodel_name="utm.campaign",
        index="btree_not_null",
        ondelete="set null",
    )
