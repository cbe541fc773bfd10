# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from typing import NamedTuple

from odoo import Command, api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)


class Campaign(NamedTuple):
    """A campaign by days from today and thousands of money"""

    name: str
    sales_type: str
    login: str
    start: int
    end: int
    planned: int
    spent: int = 0
    committed: int = 0
    orders: int = 0
    leads: int = 0


CAMPAIGNS = (
    Campaign(
        _lt("Automation Fair Last Year"),
        "fair",
        "grace",
        start=-460,
        end=-457,
        planned=300,
        spent=320,
        orders=3,
        leads=4,
    ),
    Campaign(
        _lt("Automation Fair"),
        "fair",
        "grace",
        start=-95,
        end=-92,
        planned=400,
        spent=380,
        orders=5,
        leads=6,
    ),
    Campaign(
        _lt("Advertisement in Trade Magazines"),
        "advertisement",
        "linda",
        start=-60,
        end=-10,
        planned=120,
        spent=150,
        leads=2,
    ),
    Campaign(
        _lt("Smart Factory Expo"),
        "fair",
        "kevin",
        start=40,
        end=43,
        planned=450,
        committed=90,
    ),
)
THOUSAND = 1_000
# Orders of these many days after a campaign may name it.
AFTER = 45
# Type of a campaign -> its kind of expenses, see sales_expense_spend_demo.py
KINDS = {
    "fair": "sales_efficiency_resource.sales_expense_kind_fair_demo",
    "advertisement": "sales_efficiency_resource.sales_expense_kind_advertising_demo",
}


class SalesExpenseBenefitDemo(models.AbstractModel):
    """Runs campaigns and fairs: one that returns more than it cost, one that does not,
    and one to come."""

    _name = "sales.expense.benefit.demo"
    _description = "Benefit Demo Data"

    @api.model
    def _load(self):
        needed = (COMPANY, *KINDS.values())
        if not all(self.env.ref(name, raise_if_not_found=False) for name in needed):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        campaigns = demo.env["utm.campaign"]
        if campaigns.search_count(
            [("sales_type", "=", "fair"), ("company_id", "=", demo.env.company.id)],
            limit=1,
        ):
            return  # Odoo can load demo data repeatedly
        demo._load_campaigns()
        demo.env["sales.mart"]._refresh()

    def _load_campaigns(self):
        today = self.env.company._get_sales_today()
        for planned in CAMPAIGNS:
            first = today + timedelta(days=planned.start)
            account = self._get_account(planned.sales_type)
            campaign = self.env["utm.campaign"].create(
                {
                    "title": self.env._(planned.name),
                    "sales_type": planned.sales_type,
                    "user_id": self.env.ref(
                        f"sales_efficiency_base.user_{planned.login}_demo"
                    ).id,
                    "company_id": self.env.company.id,
                    "sales_date_from": first,
                    "sales_date_to": today + timedelta(days=planned.end),
                    "sales_planned_cost": planned.planned * THOUSAND,
                }
            )
            if planned.spent:
                bill = self._create_bill(campaign, account, first, planned.spent)
                bill.action_post()
            if planned.committed:
                self._create_bill(campaign, account, today, planned.committed)
            self._attribute_orders(campaign, first, planned.orders)
            self._create_leads(campaign, planned.leads)

    def _get_account(self, sales_type):
        """:return: the account of what fairs or advertisements cost"""
        return self.env.ref(KINDS[sales_type]).account_ids[:1]

    def _create_bill(self, campaign, account, day, thousands):
        supplier = self.env["res.partner"].search(
            [("name", "=", self.env._("Exhibition Services"))], limit=1
        )
        supplier = supplier or supplier.create(
            {"name": self.env._("Exhibition Services"), "is_company": True}
        )
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": supplier.id,
                "invoice_date": day,
                "date": day,
                "campaign_id": campaign.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": campaign.title,
                            "account_id": account.id,
                            "price_unit": thousands * THOUSAND,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )

    def _attribute_orders(self, campaign, first, number):
        """Let orders of the weeks after the start name a campaign."""
        if not number:
            return
        orders = self.env["sale.order"].search(
            [
                ("campaign_id", "=", False),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "sale"),
                ("date_order", ">=", first),
                ("date_order", "<", first + timedelta(days=AFTER)),
            ],
            order="date_order, id",
        )
        # Spread over the weeks, not all of the first days
        step = max(len(orders) // number, 1)
        orders[::step][:number].campaign_id = campaign

    def _create_leads(self, campaign, number):
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": self.env._(
                        "Enquiry %(number)s: %(campaign)s",
                        number=index + 1,
                        campaign=campaign.title,
                    ),
                    "type": "lead",
                    "user_id": campaign.user_id.id,
                    "company_id": campaign.company_id.id,
                    "campaign_id": campaign.id,
                }
                for index in range(number)
            ]
        )
        # Some have become customers.
        won = leads[: number // 3]
        won.type = "opportunity"
        today = self.env.company._get_sales_today()
        won.sales_opened_date = today - timedelta(days=20)
        won.action_set_won()
