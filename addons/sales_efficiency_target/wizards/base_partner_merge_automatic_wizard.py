# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Add up the customers' targets first: a scope has one target per plan."""
        # sudo: users who merge contacts may lack access to targets.
        targets = self.env["sales.target"].sudo()
        targets._merge_customers(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """Move the targets to the commercial entity, and measure them again."""
        res = super()._update_values(src_partners, dst_partner)
        customer = dst_partner.commercial_partner_id
        # sudo: see _update_foreign_keys
        targets = self.env["sales.target"].sudo()
        targets._merge_customers(dst_partner - customer, customer)
        targets._get_started_of(customer)._measure_now()
        return res
