# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command

from .ledger_common import IncentiveLedgerCommon


class IncentivePayoutCommon(IncentiveLedgerCommon):
    """Months that finance locks and pays, with accounts to post them to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payouts = cls.env["sales.incentive.payout"]
        # The draft terms of another plan pay nobody.
        cls.assignment.unlink()
        cls.expense, cls.agent_expense, cls.accrued, cls.advances, cls.payable = (
            cls._create_account(*account)
            for account in (
                ("600901", "Incentives", "expense"),
                ("600902", "Commissions of Agents", "expense"),
                ("210901", "Accrued Incentives", "liability_current"),
                ("110901", "Advances on Incentives", "asset_current"),
                ("210902", "Payable to Employees", "liability_payable"),
            )
        )
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Incentives",
                "code": "INCTV",
                "type": "general",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _create_account(cls, code, name, account_type):
        return cls.env["account.account"].create(
            {
                "code": code,
                "name": name,
                "account_type": account_type,
                "reconcile": account_type == "liability_payable",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )

    @classmethod
    def _post_to_accounting(cls):
        cls.company.write(
            {
                "sales_incentive_post": True,
                "sales_incentive_journal_id": cls.journal.id,
                "sales_incentive_expense_account_id": cls.expense.id,
                "sales_incentive_agent_account_id": cls.agent_expense.id,
                "sales_incentive_accrued_account_id": cls.accrued.id,
                "sales_incentive_advance_account_id": cls.advances.id,
                "sales_incentive_payable_account_id": cls.payable.id,
            }
        )

    @classmethod
    def _create_payout(cls, month, day=None):
        return cls.payouts.with_user(cls.finance).create(
            {
                "period_id": cls._period(month).id,
                "payment_date": day or date(2026, month + 1, 5),
            }
        )

    @classmethod
    def _pay_out(cls, *months):
        """Lock and pay out months of 2026, as finance.

        :return: what the last one has paid
        """
        for month in months:
            cls._lock(month)
            payout = cls._create_payout(month)
            payout.action_pay()
        return payout.amount

    def _get_balances(self, assignment):
        """:return: dict balance → amount, of locked months"""
        found = dict(
            self.entries._read_group(
                [("assignment_id", "=", assignment.id), ("state", "=", "locked")],
                ["balance"],
                ["amount:sum"],
            )
        )
        return {
            balance: round(amount, 2)
            for balance, amount in found.items()
            if round(amount, 2)
        }

    def _get_posted(self, account, partner=None):
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", account.id),
                ("parent_state", "=", "posted"),
                *([("partner_id", "=", partner.id)] if partner else []),
            ]
        )
        return round(sum(lines.mapped("balance")), 2)

    def _assert_accounted(self, *assignments):
        """Accrued is payable and waiting, advances are what is owed, by person."""
        for assignment in assignments:
            partner = assignment._get_paid_partner()
            balances = self._get_balances(assignment)
            left = balances.get("payable", 0) + balances.get("waiting", 0)
            with self.subTest(person=partner.name):
                self.assertEqual(self._get_posted(self.accrued, partner), -left)
                self.assertEqual(
                    self._get_posted(self.advances, partner), -balances.get("owed", 0)
                )
