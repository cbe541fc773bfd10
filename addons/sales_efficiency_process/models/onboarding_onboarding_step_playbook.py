# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.playbook import ReadyPlaybook


class OnboardingOnboardingStep(models.Model):
    """The playbook among the first steps (policy 3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_playbook(self):
        playbooks = self.env["sales.playbook"]
        count = playbooks.search_count([("company_id", "=", self.env.company.id)])
        return {
            "is_done": bool(count),
            "state": count and self.env._("Stages with a playbook: %s", count),
            "proposal": not count and self.env._("Use the Ready Playbook"),
            "is_allowed": playbooks.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_playbook(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_playbook_action"
        )

    @api.model
    def action_accept_sales_playbook(self):
        """Warn of what is missing and of long stays; nothing is refused."""
        self.env["sales.playbook"].check_access("create")
        ReadyPlaybook(self.env.company).apply()
