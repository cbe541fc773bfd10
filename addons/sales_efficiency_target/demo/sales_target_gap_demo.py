# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Login of the target's owner, section of the analysis against last year, cause and
# analysis of its largest row
CAUSES = (
    (
        "jason",
        "scope_line_ids",
        "competition",
        _lt("A new supplier of drives gives 15 % to everybody who changes."),
    ),
    (
        "vivian",
        "item_line_ids",
        "product",
        _lt("Two lots of sensors came back; customers wait for the new design."),
    ),
    (
        "eric",
        "lost_line_ids",
        "market",
        _lt("Two customers in Japan have stopped their projects until next year."),
    ),
    (
        "amy",
        "scope_line_ids",
        "execution",
        _lt("The key accounts are visited every month now."),
    ),
    (
        "emily",
        "part_line_ids",
        "strategy",
        _lt("New products are shown to every customer before anything else."),
    ),
)


class SalesTargetGapDemo(models.AbstractModel):
    """Attributes gaps of the demo company to causes, as its leaders would."""

    _name = "sales.target.gap.demo"
    _description = "Demo Data of Gap Analyses"

    @api.model
    def _load(self):
        demo = enter_demo(self)
        causes = demo.env["sales.target.cause"]
        if causes.search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        plan = demo.env["sales.target.plan"].search(
            [("company_id", "=", demo.env.company.id), ("state", "=", "running")]
        )
        for login, section, cause, analysis in CAUSES:
            user = self.env.ref(f"sales_efficiency_base.user_{login}_demo")
            [target] = plan.target_ids.filtered(lambda t, user=user: t.user_id == user)
            leader = target.team_id.user_id or user
            line = self._get_largest(target.with_user(leader), section)
            if line:
                causes.with_user(leader).create(
                    {
                        **line._prepare_cause(),
                        "cause": cause,
                        "analysis": demo.env._(analysis),
                    }
                )

    def _get_largest(self, target, section):
        """:return: the row with the largest deviation, or none early in the year"""
        gap = self.env["sales.target.gap"].with_user(target.env.user)
        gap = gap.new(
            {
                "target_id": target.id,
                "comparison": "last_year",
                "dimension": "categ_id",
            }
        )
        lines = gap[section].filtered("can_be_tagged")
        return lines.sorted(lambda line: -abs(line.deviation or line.actual))[:1]
