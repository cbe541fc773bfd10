# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools.misc import formatLang

from odoo.addons.sales_efficiency_base.tools import Period, Scope


class OnboardingOnboardingStep(models.Model):
    """The first step with the quality of data (policy 6.1.2)."""

    _inherit = "onboarding.onboarding.step"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_sales_step_data_quality(self):
        """It is done once the data has been checked and nothing critical is open."""
        company = self.env.company
        month = Period.month(company._get_sales_today())
        scope, metrics = Scope(company.id), self.env["sales.metric"]
        values = metrics.ask(["data_quality"], [scope], [month])
        score = values.get(("data_quality", scope, month))
        is_critical = self.env["sales.data.issue"].search_count(
            [
                ("company_id", "in", [False, company.id]),
                ("severity", "=", "critical"),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        return {
            "is_done": score is not None and not is_critical,
            "state": score is not None
            and self.env._(
                "Without issues: %s %%", formatLang(self.env, score, digits=1)
            ),
            "proposal": score is None and self.env._("Check the Data"),
        }

    @api.model
    @api.readonly
    def action_open_sales_data_quality(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_analytics.sales_data_issue_action"
        )

    @api.model
    def action_accept_sales_data_quality(self):
        rules = self.env["sales.data.rule"]
        rules.search([("active", "=", True)]).action_check_soon()
