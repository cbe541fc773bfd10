# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import create_empty_column


class CrmLead(models.Model):
    """Names the member who has brought the opportunity (policy 5.2.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    channel_member_id = fields.Many2one(
        comodel_name="sales.channel.member",
        string="Brought By",
        compute="_compute_channel_member_id",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('state', '=', 'active')]",
        help="The channel member, such as an agent, who has brought the opportunity.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_channel_member_id(self):
        """Propose the member of the customer, as orders do, else keep who was named.

        Opportunities of no company have no member: members belong to one.
        """
        for lead in self:
            company = lead.company_id
            # sudo: see orders
            named = lead.sudo().channel_member_id
            proposed = company and lead.partner_id._get_channel_member(company)
            if proposed:
                lead.channel_member_id = proposed
            elif named and named.company_id != company:
                lead.channel_member_id = False

    def write(self, vals):
        if "partner_id" in vals and "channel_member_id" not in vals:
            self._leave_members_of_customers(vals["partner_id"])
        return super().write(vals)

    def _auto_init(self):
        """The opportunities that there are have no members."""
        create_empty_column(self, "channel_member_id")
        return super()._auto_init()

    def _prepare_opportunity_quotation_context(self):
        """Pass on who has brought the opportunity."""
        context = super()._prepare_opportunity_quotation_context()
        # sudo: whoever looks after the member
        if member := self.sudo().channel_member_id._filter_active():
            context["default_channel_member_id"] = member.id
        return context

    def _leave_members_of_customers(self, partner_id):
        """Who was proposed for the former customer has not brought the next one."""
        leads = self.filtered(
            lambda lead: (
                lead.partner_id.id not in (False, partner_id)
                and lead.channel_member_id
                and lead.channel_member_id
                == lead.partner_id._get_proposed_member(lead.company_id)
            )
        )
        leads.channel_member_id = False

    def _merge_get_fields_specific(self):
        return super()._merge_get_fields_specific() | {
            "channel_member_id": lambda fname, leads: leads[fname][:1].id,
        }
