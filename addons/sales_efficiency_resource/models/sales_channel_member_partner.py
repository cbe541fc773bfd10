# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesChannelMember(models.Model):
    """Which membership the orders of a partner that is a member itself name."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.channel.member"

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._filter_active()._name_on_partner()
        return members

    def write(self, vals):
        before = self._filter_active()
        res = super().write(vals)
        after = self._filter_active()
        (after - before)._name_on_partner()
        (before - after)._release_partner()
        return res

    def _filter_active(self):
        """:return: those that bring orders"""
        return self.filtered(lambda member: member.active and member.state == "active")

    def _name_on_partner(self):
        """Have members that become active named by their own orders, whoever they have
        bought through before.

        Orders read the member from the customer, so that those of other customers cost
        no query.
        """
        for member in self:
            # sudo: whoever may change a member may not be able to change the partner.
            partner = member.partner_id.sudo().with_company(member.company_id)
            agent = partner.sales_member_id
            if agent.partner_id == partner:
                continue
            partner.sales_member_id = member
            if agent:
                member.message_post(
                    body=self.env._(
                        "Its own orders name it from now on. Before, it bought through"
                        " %s.",
                        agent.display_name,
                    )
                )

    def _release_partner(self):
        """Have the orders of members that are no longer active name another membership
        of theirs."""
        for member in self:
            # sudo: see above
            partner = member.partner_id.sudo().with_company(member.company_id)
            if partner.sales_member_id == member:
                others = (partner.sales_member_ids - self)._filter_active()
                partner.sales_member_id = others.filtered(
                    lambda other, member=member: other.company_id == member.company_id
                )[:1]
