# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Judgement

from ..engine.playbook import StayLimits


class SalesAlertRule(models.Model):
    """Rules that warn about opportunities that stay in a stage for too long (policy
    1.3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.alert.rule"

    kind = fields.Selection(
        selection_add=[("stay", "Stays in Stages")], ondelete={"stay": "cascade"}
    )

    def _judge_stay(self):
        """Warn about stays beyond the limit of the playbook; beyond twice the limit
        they are critical. Each stay has its own warning, which recovers when the
        opportunity moves on.
        """
        limits = StayLimits(self.env)
        names = [*limits.get_dimensions(), "company_id"]
        return Judgement(
            model="crm.lead",
            source=SQL(
                """
                (%s) AS stay
                JOIN sales_alert_rule AS rule ON rule.id = ANY(%s)
                 AND COALESCE(rule.company_id, stay.company_id) = stay.company_id
                """,
                limits.sql(),
                self.ids,
            ),
            rule_id=SQL("rule.id"),
            res_id=SQL("stay.lead_id"),
            occasion=SQL("stay.stay_id::varchar"),
            severity=SQL("stay.severity"),
            columns={
                **{name: SQL("stay.%s", SQL.identifier(name)) for name in names},
                "responsible_id": SQL("stay.user_id"),
                "stay_stage_id": SQL("stay.stage_id"),
                "stay_days": SQL("ROUND(stay.days::numeric, 1)"),
                "stay_limit": SQL("stay.longest"),
                "stay_money": SQL("stay.revenue"),
            },
        )
