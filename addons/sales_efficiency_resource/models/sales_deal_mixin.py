# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesDealMixin(models.AbstractModel):
    """A part of the file of a customer that may belong to one of its opportunities."""

    _name = "sales.deal.mixin"
    _description = "Part of an Opportunity"

    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('type', '=', 'opportunity'), ('partner_id', 'child_of', partner_id)]",
    )

    @api.model
    def default_get(self, fields):
        """Opportunities may belong to no company, what is noted of them may not."""
        values = super().default_get(fields)
        if "company_id" in fields and not values.get("company_id"):
            values["company_id"] = self.env.company.id
        return values

    @api.constrains("lead_id", "partner_id")
    def _check_lead(self):
        for record in self:
            # sudo: the customer of the opportunity, which is not shown
            customer = record.lead_id.sudo().partner_id.commercial_partner_id
            if customer and customer != record.partner_id:
                raise ValidationError(
                    self.env._(
                        "The opportunity belongs to %(other)s, not to %(customer)s.",
                        other=customer.display_name,
                        customer=record.partner_id.display_name,
                    )
                )

    def _follow_lead(self, lead):
        """Stay with the opportunity into which others were merged, if it is of the
        same customer, or of none so far."""
        same = self._filter_of_customer(lead)
        same.lead_id = lead
        (self - same).lead_id = False

    def _filter_of_customer(self, lead):
        customer = lead.partner_id.commercial_partner_id
        return self.filtered(
            lambda record: not customer or record.partner_id == customer
        )
