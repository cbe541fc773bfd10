# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Setting of accounting → type of the account that serves in the demo company, and the
# name of the best one in Odoo's general chart of accounts
ACCOUNTS = {
    "sales_incentive_expense_account_id": ("expense", "expense_sales"),
    "sales_incentive_accrued_account_id": ("liability_current", "salary_payable"),
    "sales_incentive_advance_account_id": ("asset_current", "prepaid_expenses"),
    "sales_incentive_payable_account_id": ("liability_payable", "payable"),
}


class SalesIncentiveMonthDemo(models.AbstractModel):
    """Pays twelve months in the demo company, and publishes the two after them.

    The officer publishes, the director approves, finance locks and pays. Before the
    last month is published, a version that began earlier is approved: the first month
    that is not locked books what it adds to those before.
    """

    _name = "sales.incentive.month.demo"
    _description = "Demo Data of Incentive Months"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        months = demo.env["sales.incentive.period"]
        if months.search_count([("state", "=", "paid")], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._set_up_accounting()
        months._follow()
        today = demo.env.company._get_sales_today()
        *paid, waiting, published = months.search(
            [
                ("company_id", "=", demo.env.company.id),
                ("month", "<", today.replace(day=1)),
            ],
            order="month",
        )
        for month in paid:
            demo._publish(month)
            demo._close(month)
        # Add-ons may pay something else with this month.
        demo._publish(waiting)
        demo._raise_rates_abroad(published)
        demo._publish(published)
        demo._load_disputes(published)

    def _set_up_accounting(self):
        """Post incentives, if the company has accounts of all the types."""
        company = self.env.company
        found = {name: self._get_account(*wanted) for name, wanted in ACCOUNTS.items()}
        journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "general")], limit=1
        )
        if journal and all(found.values()):
            company.write(
                {
                    "sales_incentive_post": True,
                    "sales_incentive_journal_id": journal.id,
                    **{name: account.id for name, account in found.items()},
                }
            )

    def _get_account(self, account_type, name):
        """:return: the account of the chart of accounts, else the first of the type"""
        chart = self.env["account.chart.template"].with_company(self.env.company)
        return chart.ref(name, raise_if_not_found=False) or self.env[
            "account.account"
        ].search(
            [
                ("company_ids", "in", self.env.company.ids),
                ("account_type", "=", account_type),
            ],
            limit=1,
        )

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _publish(self, month):
        month.with_user(self._user("olivia")).action_publish()

    def _close(self, month):
        """Approve, lock and pay a published month."""
        for approver in (self._base_user("grace"), self._user("fiona")):
            self.env.invalidate_all()
            if month.state == "published":
                month.with_user(approver).action_approve()
        month.with_user(self._user("fiona")).action_lock()
        payouts = self.env["sales.incentive.payout"].with_user(self._user("fiona"))
        payout = payouts.create(
            {
                "period_id": month.id,
                # The month after, when its statements have been read
                "payment_date": month.date_to + relativedelta(days=10),
            }
        )
        payout.action_pay()

    def _raise_rates_abroad(self, month):
        """A version from two months before, approved only now."""
        plan = self._find_plan("ABROAD")
        start = month.month - relativedelta(months=2)
        version = plan.version_ids[:1].copy({"date_from": start})
        version.rule_ids.rate = 1.8
        plans = self.env["sales.incentive.demo"]
        plans._approve(version)
        plans._accept_letters()

    # ------------------------------------------------------------------
    # Disputes
    # ------------------------------------------------------------------

    def _load_disputes(self, period):
        """One person disputes a line of a published month, another misses a sale; a
        third gets an adjustment that waits for the director."""
        plan = self._find_plan("SALES")
        amy, jason, *_others = people = plan.assignment_ids.sorted("id")
        entry = self.env["sales.incentive.entry"].search(
            [
                ("period_id", "=", period.id),
                ("assignment_id", "in", people.ids),
                ("kind", "=", "earning"),
                ("amount", ">", 0),
            ],
            order="amount desc",
            limit=1,
        )
        if entry:
            self._disputes_of(entry.user_id)._open_line(
                entry, self.env._("I shared this sale half and half with a colleague.")
            )
        missing = next(p for p in (amy, jason) if p.user_id != entry.user_id)
        self._disputes_of(missing.user_id)._open_missing(
            missing,
            period,
            self.env._("Purchase order of the trade fair"),
            self.env._("The order of the trade fair was entered by the office."),
        )
        adjustment = self.env["sales.incentive.adjustment"].with_user(
            self._user("olivia")
        )
        adjustment.create(
            {
                "assignment_id": people[-1].id,
                "period_id": period.id,
                "amount": 5_000,
                "reason": self.env._("Stood in for a colleague on leave"),
            }
        ).action_submit()

    def _disputes_of(self, user):
        return self.env["sales.incentive.dispute"].with_user(user)

    # ------------------------------------------------------------------
    # Plans and people
    # ------------------------------------------------------------------

    def _find_plan(self, code):
        return self.env["sales.incentive.plan"].search(
            [("code", "=", code), ("company_id", "=", self.env.company.id)]
        )

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_incentive.user_{login}_demo")

    def _base_user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")
