# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# Login of the target's owner, section of the analysis against last year, cause and
# analysis of its largest row
CAUSES = (
    (
        "jason",
        "scope_line_ids",
        "competition",
        "A new supplier of drives gives 15 % to everybody who changes.",
    ),
    (
        "vivian",
        "item_line_ids",
        "product",
        "Two lots of sensors came back; customers wait for the new design.",
    ),
    (
        "eric",
        "lost_line_ids",
        "market",
        "Two customers in Japan have stopped their projects until next year.",
    ),
    (
        "amy",
        "scope_line_ids",
        "execution",
        "The key accounts are visited every month now.",
    ),
    (
        "emily",
        "part_line_ids",
        "strategy",
        "New products are shown to every customer before anything else.",
    ),
)


class SalesTargetGapDemo(models.AbstractModel):
    """Attributes gaps of the demo company to causes, as its leaders would."""

    _name = "sales.target.gap.demo"
    _description = "Demo Data of Gap Analyses"

    @api.model
    def _load(self):
        causes = self.env["sales.target.cause"]
        if causes.search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        plan = self.env["sales.target.plan"].search(
            [
                ("company_id", "=", self.env.ref("base.main_company").id),
                ("state", "=", "running"),
            ]
        )
        for login, section, cause, analysis in CAUSES:
            user = self.env.ref(f"sales_efficiency_base.user_{login}_demo")
            [target] = plan.target_ids.filtered(lambda t, user=user: t.user_id == user)
            leader = target.team_id.user_id or user
            line = self._get_largest(target.with_user(leader), section)
            if line:
                causes.with_user(leader).create(
                    {**line._prepare_cause(), "cause": cause, "analysis": analysis}
                )

    def _get_largest(self, target, section):
        """:return: the row with the largest deviation, or none early in the year"""
        gap = self.env["sales.target.gap"].with_user(target.env.user)
        gap = gap.create(
            {
                "target_id": target.id,
                "comparison": "last_year",
                "dimension": "categ_id",
            }
        )
        lines = gap[section].filtered("can_be_tagged")
        return lines.sorted(lambda line: -abs(line.deviation or line.actual))[:1]
