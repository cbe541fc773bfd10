# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY


class SalesFindingDemo(models.AbstractModel):
    """Findings of the last two full months; somebody looks after the largest one."""

    _name = "sales.finding.demo"
    _description = "Demo Data of Findings"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        findings = demo.env["sales.finding"]
        company = demo.env.company
        if findings.search_count([("company_id", "=", company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        findings._find(company)
        found = findings.search([("company_id", "=", company.id)])
        demo._look_after(found.filtered(lambda finding: finding.kind == "problem")[:1])
        openings = found.filtered(lambda finding: finding.kind == "opening")
        openings[-1:].action_set_aside()

    def _look_after(self, finding):
        """The team leader of the region knows more."""
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        finding.write(
            {
                "owner_id": kevin.id,
                "note": self.env._(
                    "Two large customers have postponed their projects to the next"
                    " quarter. A competitor offers a longer warranty."
                ),
            }
        )
        finding.with_user(grace).message_post(
            body=self.env._("Kevin, please bring a proposal to the next meeting."),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
