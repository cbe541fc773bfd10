# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import create_empty_column


class SaleOrder(models.Model):
    """Names the member who has brought the order, and finds its channel (5.2.2)."""

    _inherit = "sale.order"

    channel_member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        string="Brought By",
        compute="_compute_channel_member_id",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'active')]",
        help="The channel member, such as an agent, who has brought the order. Fixed on"
        " confirmation.",
        groups="base.group_user",
    )

    @api.depends("partner_id", "company_id")
    def _compute_channel_member_id(self):
        """Propose the customer itself, if it is a member, else its member."""
        for order in self.filtered(lambda o: o.state in ("draft", "sent")):
            order.channel_member_id = order.partner_id._get_channel_member(
                order.company_id
            )

    @api.depends("channel_member_id", "company_id", "source_id", "team_id")
    def _compute_sales_channel_id(self):
        """Take the channel of the web shop, else that of the rules, else that of the
        member, else that of the customer."""
        res = super()._compute_sales_channel_id()
        channels = self.env["sales.channel"]
        for order in self.filtered(lambda o: o.state in ("draft", "sent")):
            # sudo: members are proposed to everybody.
            member = order.sudo().channel_member_id
            if found := order._find_sales_channel():
                order.sales_channel_id = channels.browse(found)
            elif member:
                order.sales_channel_id = channels.browse(member.channel_id.id)
        return res

    @api.constrains("channel_member_id")
    def _check_channel_member_id(self):
        """Only active members bring new orders. Those of confirmed ones are as they
        were."""
        for order in self.filtered(lambda o: o.state in ("draft", "sent")):
            # sudo: members are proposed to everybody.
            member = order.sudo().channel_member_id
            if member and not member._filter_active():
                raise ValidationError(
                    self.env._(
                        "%(member)s is not active and brings no orders. Name an active"
                        " member on %(order)s, or none.",
                        member=member.display_name,
                        order=order.display_name,
                    )
                )

    def _auto_init(self):
        """The orders that there are have no members."""
        create_empty_column(self, "channel_member_id")
        return super()._auto_init()

    def _find_sales_channel(self):
        """:return: id of the channel of the web shop, or of the rules, or False"""
        self.ensure_one()
        return self.env["sales.channel.rule"]._find_channel(
            self.company_id.id, self.source_id.id, self.team_id.id, self._is_of_web()
        )

    def _is_of_web(self):
        """:return: whether the order comes from a web shop of Odoo"""
        return bool("website_id" in self._fields and self["website_id"])

    @api.model
    def _get_sales_credit_fields(self):
        return super()._get_sales_credit_fields() | {"channel_member_id"}
