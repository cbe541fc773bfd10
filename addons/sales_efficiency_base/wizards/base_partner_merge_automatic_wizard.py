# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """Attribute the figures to the remaining customer, whose company is known by
        now, and group its past sales with the same reference into one order."""
        res = super()._update_values(src_partners, dst_partner)
        customer = dst_partner.commercial_partner_id
        merged = src_partners | dst_partner
        self.env["sales.mart"]._rename_customers(merged - customer, customer)
        # sudo: users who merge contacts may lack access to past sales.
        lines = self.env["sales.history.line"].sudo()
        lines = lines.search([("partner_id", "=", dst_partner.id)])
        lines._group_by_document(lines.mapped("name"))
        return res
