# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class SalesIncentiveAssignment(models.Model):
    """Pays an agent for the orders that name the agent as channel member (5.2.2)."""

    _inherit = "sales.incentive.assignment"

    channel_member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        string="Channel Member",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]"
        " + ([('partner_id', 'parent_of', partner_id)] if partner_id else [])",
        help="Channel member the person answers for. An agent earns by the orders that"
        " the member has brought, and needs no channel of their own.",
    )

    @api.constrains("partner_id", "channel_member_id", "date_from", "date_to")
    def _check_member_of_agent(self):
        """An agent is paid for their own membership, and nobody else for it."""
        for assignment in self.filtered("partner_id"):
            # sudo: an agent's own membership, whoever looks after it
            member = assignment.sudo().channel_member_id
            if not member:
                continue
            agent = assignment.sudo().partner_id
            if member.partner_id != agent.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "%(member)s is not the channel member of %(agent)s. Choose"
                        " theirs.",
                        member=member.display_name,
                        agent=agent.name,
                    )
                )
            domain = assignment._get_time_domain() & Domain.AND(
                [
                    Domain("channel_member_id", "=", member.id),
                    Domain("partner_id", "not in", (False, agent.id)),
                ]
            )
            # sudo: also agents of plans that the user does not see
            if other := self.sudo().search(domain, limit=1):
                raise ValidationError(
                    self.env._(
                        "The orders of %(member)s already pay %(agent)s in these days."
                        " End that assignment before this one begins.",
                        member=member.display_name,
                        agent=other.partner_id.name,
                    )
                )

    @api.constrains("channel_member_id")
    def _check_channel_without_member(self):
        """Who no longer names a member needs a channel again."""
        self._check_channel_of_agent()

    @api.model
    def _get_answered_dimensions(self):
        return [*super()._get_answered_dimensions(), "channel_member_id"]

    def _get_own_place(self):
        """An agent who is a channel member sells what names the member."""
        # sudo: an id only, whoever looks after the member
        member = self.sudo().channel_member_id
        if self.partner_id and member:
            return "channel_member_id", member.id
        return super()._get_own_place()
