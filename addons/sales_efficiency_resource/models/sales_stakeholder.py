# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesStakeholder(models.Model):
    """Who decides on what a customer buys, or on one opportunity (policy 5.1.1)."""

    _name = "sales.stakeholder"
    _inherit = [
        "sales.customer.mixin",
        "sales.deal.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Stakeholder"
    _order = "influence desc, id"
    _rec_name = "contact_id"
    _check_company_auto = True

    lead_id = fields.Many2one(
        ondelete="cascade",
        help="Leave empty for somebody who decides on all purchases.",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact Person",
        required=True,
        index=True,
        ondelete="cascade",
        tracking=True,
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]",
    )
    function = fields.Char(related="contact_id.function")
    role = fields.Selection(
        selection=[
            ("decider", "Decision maker"),
            ("budget", "Budget owner"),
            ("buyer", "Buyer"),
            ("expert", "Technical expert"),
            ("user", "User"),
            ("influencer", "Influencer"),
            ("gatekeeper", "Gatekeeper"),
        ],
        required=True,
        default="decider",
        tracking=True,
    )
    influence = fields.Selection(
        selection=[
            ("1", "Very low"),
            ("2", "Low"),
            ("3", "Medium"),
            ("4", "High"),
            ("5", "Very high"),
        ],
        required=True,
        default="3",
        tracking=True,
    )
    attitude = fields.Selection(
        selection=[
            ("-2", "Opponent"),
            ("-1", "Sceptical"),
            ("0", "Neutral"),
            ("1", "In favour"),
            ("2", "Supporter"),
        ],
        required=True,
        default="0",
        tracking=True,
        group_expand=True,
        help="What the person thinks of buying from us.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Our Contact",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    date_talk = fields.Date(string="Last Talk")
    note = fields.Text(string="Interests and Concerns")
    active = fields.Boolean(default=True)

    _person_uniq = models.UniqueIndex(
        "(company_id, partner_id, COALESCE(lead_id, 0), contact_id) WHERE active",
        "This person is already a stakeholder there: change that one.",
    )

    @api.constrains("date_talk", "company_id")
    def _check_date_talk(self):
        for stakeholder in self:
            today = stakeholder.company_id._get_sales_today()
            if stakeholder.date_talk and stakeholder.date_talk > today:
                raise ValidationError(
                    self.env._("The last talk cannot be later than today.")
                )

    @api.depends("contact_id", "role")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for stakeholder in self:
            names = (stakeholder.contact_id.name, roles.get(stakeholder.role))
            stakeholder.display_name = ", ".join(filter(None, names))

    def action_talked(self):
        """Note a talk of today, in one tap."""
        for company, stakeholders in self.grouped("company_id").items():
            stakeholders.date_talk = company._get_sales_today()

    # ------------------------------------------------------------------
    # Merged partners and opportunities
    # ------------------------------------------------------------------

    @api.model
    def _get_merged_domain(self, partner_ids):
        return [
            "|",
            ("contact_id", "in", partner_ids),
            *super()._get_merged_domain(partner_ids),
        ]

    def _get_merge_key(self, into):
        contact_id = into.get(self.contact_id.id, self.contact_id.id)
        return *super()._get_merge_key(into), self.lead_id, contact_id

    def _absorb(self, other):
        """Believe the one who talked last; keep what both noted."""
        if (other.date_talk or self.date_talk) != self.date_talk and (
            not self.date_talk or other.date_talk > self.date_talk
        ):
            self.write(
                {
                    name: other[name]
                    for name in ("role", "influence", "attitude", "date_talk")
                }
            )
        self.note = "\n".join(filter(None, (self.note, other.note)))
        self.user_id = self.user_id or other.user_id
        self.active = self.active or other.active
        return super()._absorb(other)

    def _follow_lead(self, lead):
        """Stay with the opportunity into which others were merged."""
        there = lead.sales_stakeholder_ids
        for stakeholder in self - there:
            same = there.filtered(
                lambda other, one=stakeholder: other.contact_id == one.contact_id
                and other.company_id == one.company_id
            )
            if same:
                same[:1]._absorb(stakeholder)
            elif stakeholder.partner_id == lead.partner_id.commercial_partner_id:
                stakeholder.lead_id = lead
            else:
                stakeholder.write({"lead_id": False, "active": False})
