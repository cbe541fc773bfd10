# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

ADD_ON = "sales_efficiency_resource"
# Account -> code and name
ACCOUNTS = {
    "ads": ("613100", _lt("Advertising")),
    "fair": ("613200", _lt("Fairs and Exhibitions")),
    "training": ("613300", _lt("Training of Staff")),
    "gift": ("613400", _lt("Samples Given Away")),
}
# Kinds below marketing -> account, on which everything counts, and name
KINDS = {
    "advertising": ("ads", _lt("Advertising")),
    "fair": ("fair", _lt("Fairs")),
}
# Name, who claims, product, amount, days ago, state
CLAIMS = (
    (_lt("Hotel in Tainan"), "amy", "travel_accommodation", 6_400, 3, "draft"),
    (_lt("Lunch with a customer"), "amy", "meal", 2_150, 2, "submitted"),
    (_lt("Train to Kaohsiung"), "kevin", "travel_accommodation", 2_980, 6, "submitted"),
    (_lt("Dinner after the acceptance"), "jason", "meal", 5_600, 9, "approved"),
    (_lt("Flight to Osaka"), "yuki", "travel_accommodation", 18_400, 20, "approved"),
    (_lt("Flowers for an opening"), "linda", "gift", 1_800, 34, "refused"),
    (_lt("Visits in Hsinchu"), "amy", "travel_accommodation", 9_300, 40, "posted"),
    (_lt("Tea for a customer"), "emily", "gift", 3_200, 45, "posted"),
    (_lt("Hotel in Taichung"), "tony", "travel_accommodation", 7_700, 70, "posted"),
    (_lt("Team dinner with a dealer"), "david", "meal", 12_500, 75, "posted"),
    (_lt("Visits in Nagoya"), "yuki", "travel_accommodation", 31_000, 100, "posted"),
)
# Name, account, amount, days ago, salesperson, channel, whether posted
BILLS = (
    (_lt("Ads in a trade magazine"), "ads", 120_000, 95, "", "", True),
    (_lt("Ads on a search engine"), "ads", 60_000, 30, "", "ecommerce", True),
    (_lt("Booth at the automation fair"), "fair", 260_000, 60, "", "", True),
    (_lt("Seminar in negotiating"), "training", 48_000, 50, "kevin", "", True),
    (_lt("Posters for dealers"), "ads", 35_000, 4, "", "distributor", False),
    # Belongs to no kind, so finance finds it among the unmapped items
    (_lt("Samples for a customer"), "gift", 16_000, 15, "amy", "", True),
)


class SalesExpenseSpendDemo(models.AbstractModel):
    """Builds the expenses of the demo company: kinds, claims and bills."""

    _name = "sales.expense.spend.demo"
    _description = "Expense Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, mail_create_nosubscribe=True)
        if demo.env.ref(
            f"{ADD_ON}.sales_expense_kind_fair_demo", raise_if_not_found=False
        ):
            return  # Odoo can load demo data repeatedly
        accounts = demo._create_accounts()
        demo._create_kinds(accounts)
        demo._create_claims()
        demo._create_bills(accounts)
        demo.env["sales.mart"]._refresh()

    def _create_accounts(self):
        return {
            key: self.env["account.account"].create(
                {
                    "code": code,
                    "name": self.env._(name),
                    "account_type": "expense",
                    "company_ids": self.env.company.ids,
                }
            )
            for key, (code, name) in ACCOUNTS.items()
        }

    def _create_kinds(self, accounts):
        for key, (account, name) in KINDS.items():
            values = {
                "name": self.env._(name),
                "company_id": self.env.company.id,
                "parent_id": self._get_kind("marketing").id,
                "account_ids": [Command.set(accounts[account].ids)],
                "counts_all": True,
            }
            xml_id = f"{ADD_ON}.sales_expense_kind_{key}_demo"
            self.env["sales.expense.kind"]._load_records(
                [{"xml_id": xml_id, "values": values, "noupdate": True}]
            )
        self._get_kind("training").account_ids = accounts["training"]

    def _create_claims(self):
        for name, login, product, amount, days, state in CLAIMS:
            claim = self.env["hr.expense"].create(
                {
                    "name": self.env._(name),
                    "employee_id": self._ref(f"employee_{login}_demo").id,
                    "company_id": self.env.company.id,
                    "product_id": self._get_product(product).id,
                    "total_amount_currency": amount,
                    "date": self._get_day(days),
                    "tax_ids": [Command.clear()],
                }
            )
            self._bring_claim(claim, state)

    def _bring_claim(self, claim, state):
        """Bring a claim to its state, as its superior and finance do."""
        if state == "draft":
            return
        superior = claim.employee_id.parent_id.user_id
        claim.write({"approval_state": "submitted", "manager_id": superior.id})
        if state == "submitted":
            claim.update_activities_and_mails()
            return
        if state == "refused":
            claim.approval_state = "refused"
            return
        claim.write(
            {"approval_state": "approved", "approval_date": fields.Datetime.now()}
        )
        if state == "posted":
            # Entries of past months are dated at the end of their month.
            [values] = claim._prepare_receipts_vals()
            day = claim.date + timedelta(days=5)
            journal = self.env["account.journal"].search(
                [("type", "=", "purchase"), ("company_id", "=", claim.company_id.id)],
                limit=1,
            )
            values |= {"journal_id": journal.id, "invoice_date": day}
            self.env["account.move"].create(values).action_post()

    def _create_bills(self, accounts):
        vendor = self.env["res.partner"].create(
            {"name": self.env._("Agency for Fairs and Advertising"), "is_company": True}
        )
        for name, account, amount, days, login, channel, is_posted in BILLS:
            bill = self.env["account.move"].create(
                {
                    "move_type": "in_invoice",
                    "partner_id": vendor.id,
                    "invoice_date": self._get_day(days),
                    "ref": self.env._(name),
                    "invoice_user_id": login and self._ref(f"user_{login}_demo").id,
                    "sales_channel_id": channel
                    and self._ref(f"channel_{channel}_demo").id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": self.env._(name),
                                "account_id": accounts[account].id,
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
            if is_posted:
                bill.action_post()

    def _get_day(self, days):
        return fields.Date.today() - timedelta(days=days)

    def _get_kind(self, key):
        return self.env.ref(f"{ADD_ON}.sales_expense_kind_{key}")

    def _get_product(self, key):
        return self.env.ref(f"hr_expense.expense_product_{key}")

    def _ref(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}")
