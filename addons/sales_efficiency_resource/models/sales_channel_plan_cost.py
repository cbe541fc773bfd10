# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesChannelPlan(models.Model):
    """What developing a channel costs is proposed as an expense budget (5.3.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.channel.plan"
    _planned_cost_kind = "channel"

    @api.model
    def _get_planned_costs(self, company, period):
        """Return the planned cost of channels, evenly over their year."""
        costs = super()._get_planned_costs(company, period)
        if not self._has_field_access(self._fields["planned_cost"], "read"):
            return costs
        plans = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("running", "closed")),
                ("planned_cost", ">", 0),
                ("date_from", "<=", period.end),
                ("date_to", ">=", period.start),
            ]
        )
        return costs + [
            {
                "plan": plan,
                "kind": self._planned_cost_kind,
                "scope": {"channel_id": plan.channel_id.id},
                "months": self._spread_planned_cost(
                    plan.planned_cost,
                    plan.date_from,
                    plan.date_to,
                    period,
                    company.currency_id,
                ),
            }
            for plan in plans
        ]
