# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Panel


class TargetHelp(Panel):
    """Explains why no targets are shown."""

    key = "help"

    @property
    def follows_choice(self):
        """Whether another plan, period or scope may have targets."""
        return bool(self.choice.plan)

    def is_visible(self):
        return not self.choice.gauges

    def get_data(self):
        """:return: the key of the reason"""
        if not self.choice.plan:
            can_plan = self.env["sales.target.plan"].has_access("create")
            return "make_plan" if can_plan else "no_plan"
        domain = self.choice.targets_domain
        if self.env["sales.target"].search_count(domain, limit=1):
            return "not_measured"
        if self.choice.scope == "my" and self.env.user._is_sales_support():
            return "no_support_target"
        return {"my": "no_target", "team": "no_team_target"}.get(
            self.choice.scope, "no_targets"
        )
