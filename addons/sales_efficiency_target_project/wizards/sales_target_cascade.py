# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain


class SalesTargetCascade(models.TransientModel):
    _inherit = "sales.target.cascade"

    def _get_candidates_of_project_id(self):
        return self.env["project.project"].search(self._get_project_domain())

    def _get_project_domain(self):
        """Return the domain of billable projects of customers in the target's scope."""
        target = self.target_id
        domain = Domain("company_id", "in", [False, target.company_id.id])
        domain &= Domain("allow_billable", "=", True) & Domain(
            "is_template", "=", False
        )
        if target.partner_id:
            domain &= Domain("partner_id", "child_of", target.partner_id.id)
        for name in ("region_id", "channel_id"):
            if target[name]:
                field = f"partner_id.sales_{name}"
                domain &= Domain(field, "child_of", target[name].id)
        return domain
