# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import new_test_user

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .expense_budget_common import BudgetCommon


class BenefitCommon(BudgetCommon):
    """Budgets, a fair of the company, and somebody in finance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance = new_test_user(
            cls.env,
            login="test_finance",
            groups="account.group_account_user",
            company_id=cls.company.id,
            tz="UTC",
        )
        cls.fair = cls._create_campaign(title="Test Fair", sales_type="fair")

    @classmethod
    def _create_campaign(cls, **values):
        return cls.env["utm.campaign"].create(
            {
                "title": "Test Campaign",
                "company_id": cls.company.id,
                "user_id": cls.director.id,
                "sales_date_from": "2026-03-01",
                "sales_date_to": "2026-03-31",
                **values,
            }
        )

    @classmethod
    def _spend_on(cls, campaign, amount, day="2026-03-10", **values):
        """Post a bill of marketing that names a campaign."""
        bill = cls._spend(cls.kind_marketing, day, amount, post=False)
        bill.write({"campaign_id": campaign.id, **values})
        bill.action_post()
        cls.env["sales.mart"]._refresh()
        return bill

    @classmethod
    def _sell_for(cls, campaign, quantity, day="2026-04-10", **values):
        order = cls._sell(quantity, day, campaign_id=campaign.id, **values)
        cls.env["sales.mart"]._refresh()
        return order

    def _get_board(self, user=None, **asked):
        boards = self.env["sales.expense.benefit"].with_user(user or self.director)
        return boards.get_board(**asked)

    def _scope(self, **dimensions):
        return Scope(self.company.id, **dimensions)

    def _year(self):
        return Period.year(date(2026, 10, 15), self.company)

    def _get_row(self, name, user=None, **asked):
        """Return the values of a row of the board by name."""
        rows = {row["name"]: row for row in self._get_board(user, **asked)["rows"]}
        return rows[name]["values"]
