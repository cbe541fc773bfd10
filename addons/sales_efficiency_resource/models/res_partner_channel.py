# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records


class ResPartner(models.Model):
    """Through whom a customer buys, and of which channels it is a member (5.2.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    sales_member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        string="Buys Through",
        company_dependent=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '=', 'active')]",
        help="The channel member who is proposed on orders of this customer. A member"
        " is proposed for its own orders.",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_member_ids = fields.One2many(
        comodel_name="sales.channel.member",
        inverse_name="partner_id",
        string="Channel Memberships",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_membership_count = fields.Integer(
        string="Memberships",
        compute="_compute_sales_membership_count",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("sales_member_ids")
    def _compute_sales_membership_count(self):
        counts = dict(
            self.env["sales.channel.member"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.sales_membership_count = counts.get(partner._origin, 0)

    @api.readonly
    def action_open_memberships(self):
        """Show of which channels the partner is a member."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_channel_member_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            name=self.env._("Memberships of %s", self.display_name),
            context={"default_partner_id": self.commercial_partner_id.id},
        )

    def _get_channel_member(self, company):
        """:return: the active member through whom the customer buys, for a document of
        the company"""
        # sudo: it is proposed to everybody who sells to the customer.
        member = self._get_proposed_member(company).sudo()
        return member._filter_active().with_env(self.env)

    def _get_proposed_member(self, company):
        """:return: that member, even if it is not active any more"""
        # sudo: see above
        customer = self.commercial_partner_id.sudo().with_company(company)
        return customer.sales_member_id.with_env(self.env)
