# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Customers as they are typed in a hurry, and of whom
HASTY = (
    {
        "name": "harvest moon   trading",
        "phone": "02-2469-4411",
        "email": " Info@Harvest-Moon.EXAMPLE.com",
        "zip": "114",
        "login": "amy",
    },
    {
        "name": "Ｎｏｒｔｈ　Ｗｉｎｄ 北風精密",
        "phone": "00886227144477",
        "email": "sales@north-wind.example.com",
        "vat": "04 59 52 57",
        "zip": "115",
        "login": "amy",
    },
    {
        "name": "Silver Brook Instruments",
        "phone": False,
        "email": False,
        "vat": "53212539",
        "zip": False,
        "login": "jason",
    },
    # Entered a second time by a colleague
    {
        "name": "Silver Brook Instruments Co., Ltd.",
        "phone": "+886 2 2711 5566",
        "email": "hello@silver-brook.example.com",
        "vat": "53212539",
        "zip": False,
        "login": False,
    },
)
# Who looks after customers that stand in the database twice
DATA_OWNER = "nina"


class SalesQualityDemo(models.AbstractModel):
    """Data issues: some are to be corrected, and one is right as it is."""

    _name = "sales.quality.demo"
    _description = "Demo Data of Data Quality"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        scores = demo.env["sales.data.score"]
        if scores.search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_customers()
        demo._load_opportunities()
        demo._load_issues()
        demo.env["sales.data.cleaning"]._propose_all()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _load_customers(self):
        taiwan = self.env.ref("base.tw")
        self.env["res.partner"].create(
            [
                {
                    "is_company": True,
                    "country_id": taiwan.id,
                    "user_id": login and self._user(login).id,
                    **values,
                }
                for values in ({**v} for v in HASTY)
                for login in [values.pop("login")]
            ]
        )

    def _load_opportunities(self):
        """Two that somebody has lost sight of."""
        today = self.env.company._get_sales_today()
        self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "user_id": self._user(login).id,
                    "company_id": self.env.company.id,
                    "expected_revenue": revenue,
                    "date_deadline": today - timedelta(days=days),
                }
                for name, login, revenue, days in (
                    (self.env._("Spare parts for the old line"), "amy", 180_000, 24),
                    (self.env._("Second gripper cell"), "jason", 0, 9),
                )
            ]
        )

    def _load_issues(self):
        rules = self.env["sales.data.rule"]
        owned = ("customer_same_tax_id", "customer_same_email")
        for name in owned:
            rule = self.env.ref(f"sales_efficiency_analytics.sales_data_rule_{name}")
            rule.owner_id = self._user(DATA_OWNER)
        rules.search([("active", "=", True)])._check()
        self._accept_one()
        rules._follow_up()

    def _accept_one(self):
        """A large order is right as it is."""
        rule = self.env.ref("sales_efficiency_analytics.sales_data_rule_order_amount")
        issue = self.env["sales.data.issue"].search(
            [("rule_id", "=", rule.id), ("state", "=", "open")], limit=1
        )
        if issue:
            issue.note = self.env._("A project order for a whole plant.")
            issue.action_accept()
