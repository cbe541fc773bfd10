# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesScopeMixin(models.AbstractModel):
    """Channel members, below channels (policy 5.2.2), and kinds of expenses (5.3.1) as
    dimensions of targets and figures."""

    _inherit = "sales.scope.mixin"

    channel_member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        string="Channel Member",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        dimension="channel",
        in_cells=True,
        implied="_get_implied_members",
        responsible="user_id",
    )
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        dimension="expense",
        in_cells=True,
        divides=True,
    )

    @api.model
    def _get_plurals(self):
        return super()._get_plurals() | {
            "channel_member_id": self.env._("Channel members"),
            "expense_kind_id": self.env._("Kinds of expenses"),
        }

    def _get_implied_members(self):
        """Return the member through whom the customer buys."""
        customers = self._get_place("partner_id").with_company(self.company_id)
        # sudo: whether a target lies in another one is no secret.
        return customers.sudo().sales_member_id.with_env(self.env)

    def _get_implied_channels(self):
        """Add the channel of the member."""
        # sudo: see above
        member = self.channel_member_id.sudo()
        return super()._get_implied_channels() | member.channel_id.with_env(self.env)

    def _get_implied_regions(self):
        """Add the regions agreed with the member."""
        # sudo: see above
        member = self.channel_member_id.sudo()
        return super()._get_implied_regions() | member.region_ids.with_env(self.env)

    def _get_implied_users(self):
        """Add the salesperson who looks after the member."""
        # sudo: see above
        member = self.channel_member_id.sudo()
        return super()._get_implied_users() | member.user_id.with_env(self.env)
