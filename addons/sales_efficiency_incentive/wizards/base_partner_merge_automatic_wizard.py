# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """A plan cannot pay the agent that is left twice for the same days."""
        res = super()._update_foreign_keys(src_partners, dst_partner)
        # sudo: users who merge contacts may lack access to assignments.
        assignments = self.env["sales.incentive.assignment"].sudo()
        assignments.invalidate_model(["partner_id"])
        assignments.search([("partner_id", "=", dst_partner.id)])._check_overlap()
        return res
