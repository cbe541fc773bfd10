# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Who has not read the rules yet
UNREAD = ("amy", "eric")


class SalesConductDemo(models.AbstractModel):
    """The director publishes rules of conduct; somebody is reported and heard."""

    _name = "sales.conduct.demo"
    _description = "Demo Data of Conduct"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.conduct.version"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        rules = demo._load_rules()
        demo._confirm(rules)
        demo._load_case(rules)

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _load_rules(self):
        env = self.env
        rules = [
            {
                "name": env._("Gifts worth more than a meal"),
                "description": env._(
                    "Neither given to customers nor taken from suppliers. Ask your"
                    " leader before, if in doubt."
                ),
                "points": 5,
            },
            {
                "name": env._("Promises that we cannot keep"),
                "description": env._(
                    "Delivery dates, discounts or functions that nobody has confirmed."
                ),
                "severity": "serious",
                "points": 10,
                "holds_honour": True,
                "hold_months": 3,
            },
            {
                "name": env._("Sales that are none"),
                "description": env._(
                    "Orders without the customer's consent, or shifted from one period"
                    " into another to reach a target."
                ),
                "severity": "grave",
                "points": 30,
                "holds_honour": True,
                "holds_pay": True,
                "hold_months": 6,
                "lapse_months": 24,
            },
        ]
        version = env["sales.conduct.version"].create(
            {
                "company_id": env.company.id,
                "note": env._("The first version: please read all of it."),
                "rule_ids": [Command.create(rule) for rule in rules],
            }
        )
        version.with_user(self._user("grace")).action_publish()
        return version

    def _confirm(self, rules):
        unread = self.env["res.users"].union(*map(self._user, UNREAD))
        for confirmation in rules.confirmation_ids:
            if confirmation.user_id not in unread:
                confirmation.with_user(confirmation.user_id).action_confirm()

    def _load_case(self, rules):
        """Tony is reported by a colleague, and heard by his leader."""
        today = self.env.company._get_sales_today()
        report = (
            self.env["sales.conduct.report"]
            .with_user(self._user("vivian"))
            .create(
                {
                    "company_id": self.env.company.id,
                    "user_id": self._user("tony").id,
                    "rule_id": rules.rule_ids[1].id,
                    "date": fields.Date.to_string(today - timedelta(days=6)),
                    "description": self.env._(
                        "A customer was promised delivery within a week, although the"
                        " goods are not in stock."
                    ),
                    "proof": self.env._(
                        "Mail to the customer; stock of that day: none."
                    ),
                }
            )
        )
        report.action_send()
        report.sudo().case_id.with_user(self._user("linda")).action_hear()
