# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First step with expenses (policy 5.3.1)."""

    _inherit = "onboarding.onboarding.step"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_sales_step_expense_kind(self):
        kinds = self.env["sales.expense.kind"]
        mapped = kinds.search_count(
            [
                ("company_id", "in", [False, self.env.company.id]),
                "|",
                "|",
                ("product_ids", "!=", False),
                ("categ_ids", "!=", False),
                ("account_ids", "!=", False),
            ]
        )
        return {
            "is_done": bool(mapped),
            "state": mapped and self.env._("Mapped kinds: %s", mapped),
            "is_allowed": kinds.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_expense_kind(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_expense_kind_action"
        )
