# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First step with contracts: the clauses that are checked (policy 3.3.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_contract(self):
        clauses = self.env["sales.contract.clause"]
        count = clauses.search_count([])
        return {
            "is_done": bool(count),
            "state": count and self.env._("Clauses: %s", count),
            "proposal": not count and self.env._("Take the Usual Clauses"),
            "is_allowed": clauses.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_contract(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_contract_type_action"
        )

    @api.model
    def action_accept_sales_contract(self):
        if not self.env["sales.contract.clause"].search_count([], limit=1):
            self.env["agreement.type"]._create_ready_type()
