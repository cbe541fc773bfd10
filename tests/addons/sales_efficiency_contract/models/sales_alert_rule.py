# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Judgement


class SalesAlertRule(models.Model):
    _inherit = "sales.alert.rule"

    kind = fields.Selection(
        selection_add=[("store_check", "Store Checks")],
        ondelete={"store_check": "cascade"},
    )

    def _judge_store_check(self):
        """Two stars are a warning to whoever made the check, one is critical."""
        return Judgement(
            model="sales.store.check",
            source=SQL(
                """
                sales_store_check v
                JOIN sales_alert_rule rule ON rule.id = ANY(%s)
                 AND COALESCE(rule.company_id, v.company_id) = v.company_id
                """,
                self.ids,
            ),
            rule_id=SQL("rule.id"),
            res_id=SQL("v.id"),
            severity=SQL(
                "CASE v.stars WHEN 1 THEN 'critical' WHEN 2 THEN 'warning' END"
            ),
            columns={
                "company_id": SQL("v.company_id"),
                "responsible_id": SQL("v.user_id"),
                "user_id": SQL("v.user_id"),
                "partner_id": SQL("v.partner_id"),
            },
        )
