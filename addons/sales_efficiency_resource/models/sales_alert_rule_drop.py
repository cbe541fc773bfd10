# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Judgement

from ..engine.buying_drop import CLOSING


class SalesAlertRule(models.Model):
    """Rules that warn about customers who buy less than before (policy 5.1.3)."""

    _inherit = "sales.alert.rule"

    kind = fields.Selection(
        selection_add=[("drop", "Buying Drops")], ondelete={"drop": "cascade"}
    )

    def _judge_drop(self):
        """Warn about the alerts of the last test, until they are explained by chance.

        A customer has one warning in a company, whatever rules there are. One who does
        not order at all is critical, and never recovers by having been silent for long:
        the warning is withdrawn.
        """
        metric = self.env.ref("sales_efficiency_base.sales_metric_order_count")
        return Judgement(
            model="res.partner",
            source=SQL(
                """
                (SELECT DISTINCT ON (tested.id) tested.*, rule.id AS rule_id,
                        partner.user_id
                   FROM sales_customer_drop AS tested
                   JOIN res_partner AS partner ON partner.id = tested.partner_id
                   JOIN sales_alert_rule AS rule ON rule.id = ANY(%s)
                    AND COALESCE(rule.company_id, tested.company_id)
                        = tested.company_id
                  WHERE tested.is_latest AND partner.active
                    AND (tested.probability <= %s OR tested.recent_orders > 0)
                  ORDER BY tested.id, rule.company_id, rule.sequence, rule.id
                ) AS found
                """,
                self.ids,
                CLOSING,
            ),
            rule_id=SQL("found.rule_id"),
            res_id=SQL("found.partner_id"),
            occasion=SQL("found.company_id::varchar"),
            severity=SQL(
                """
                CASE WHEN found.probability > %s THEN NULL
                     WHEN found.recent_orders = 0 THEN 'critical' ELSE 'warning' END
                """,
                CLOSING,
            ),
            is_due=SQL("found.state = 'alert'"),
            columns={
                "company_id": SQL("found.company_id"),
                "responsible_id": SQL("found.user_id"),
                "user_id": SQL("found.user_id"),
                "partner_id": SQL("found.partner_id"),
                # Actions are measured by the orders that they bring.
                "metric_id": SQL("%s", metric.id),
                "expected_orders": SQL("ROUND(found.expected_orders, 1)"),
                "recent_orders": SQL("found.recent_orders"),
                "amount_at_risk": SQL("found.amount_at_risk"),
            },
        )
