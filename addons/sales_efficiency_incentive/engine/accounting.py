# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import Command

from odoo.addons.sales_efficiency_base.tools import format_period


class Accounting:
    """Posts incentives to the general ledger (policy 4.4.1).

    At any time what is accrued for a person is *payable* + *waiting*, and their
    advances are what is *owed*. What a cap carries on is promised to nobody yet, so it
    is not accrued.

    :param company: ``res.company`` record, as superuser: people who lock months and pay
        them out need no access to journals, and post nothing but what follows from
        locked entries
    """

    def __init__(self, company):
        self.env = company.with_context(lang=company.partner_id.lang).env
        self._company = company.with_env(self.env)
        self._currency = company.currency_id

    # ------------------------------------------------------------------
    # Accrual
    # ------------------------------------------------------------------

    def accrue(self, period):
        """Post what locked months have moved that are not in accounting yet.

        These are more than one if earlier months were locked before posting was
        switched on; then what they have paid out counts too.

        :param period: the last of them
        """
        self._company._check_incentive_accounting()
        periods = period.with_env(self.env)._get_unposted()
        move = self._post_movements(
            self._read_movements(periods), period.date_to, period.month
        )
        periods.is_accrued = True
        period.accrual_move_id = move

    def accrue_again(self, payout, day):
        """Post what is payable again, of a payout that was not in accounting itself."""
        movements = {
            line.assignment_id: {"payable": line.amount} for line in payout.line_ids
        }
        return self._post_movements(movements, day, payout.month)

    def _read_movements(self, periods):
        """:return: dict assignment → balance → amount"""
        movements = defaultdict(dict)
        for assignment, balance, amount in self.env[
            "sales.incentive.entry"
        ]._read_group(
            [("period_id", "in", periods.ids)],
            ["assignment_id", "balance"],
            ["amount:sum"],
        ):
            movements[assignment][balance] = amount
        return movements

    def _post_movements(self, movements, day, month):
        """:return: the posted move; none if nothing has moved"""
        balances = defaultdict(float)
        for assignment, moved in movements.items():
            partner = assignment._get_paid_partner()
            owed = moved.get("owed", 0)
            accrued = moved.get("payable", 0) + moved.get("waiting", 0)
            expense = self._company._get_incentive_expense_account(assignment)
            # Without the person: analytic items are read far beyond accounting. In a
            # small team those of a confidential plan would tell about a person.
            analytic = assignment._get_analytic_account()
            if assignment.plan_id.is_confidential:
                analytic = analytic.browse()
            balances[expense, partner.browse(), analytic] += accrued + owed
            no_analytic = analytic.browse()
            for account, amount in (
                (self._company.sales_incentive_accrued_account_id, -accrued),
                (self._company.sales_incentive_advance_account_id, -owed),
            ):
                balances[account, partner, no_analytic] += amount
        lines = [
            self._prepare_line(account, partner, balance, month)
            | {"analytic_distribution": {analytic.id: 100} if analytic else False}
            for (account, partner, analytic), balance in balances.items()
            if not self._currency.is_zero(balance)
        ]
        return self._post_entry(lines, day, month)

    # ------------------------------------------------------------------
    # Payout
    # ------------------------------------------------------------------

    def pay(self, payout):
        """Post a payout: an entry for the employees, a vendor bill for each agent."""
        self._company._check_incentive_accounting()
        payout = payout.with_env(self.env)
        bills = payout.line_ids.filtered(lambda line: line.method == "bill")
        people = payout.line_ids - bills
        people.move_id = self._post_entry(
            [values for line in people for values in self._prepare_payment(line)],
            payout.payment_date,
            payout.month,
        )
        for line in bills:
            line.move_id = self._create_move(self._prepare_bill(line))
        bills.move_id._post(soft=False)

    def _prepare_payment(self, line):
        payout = line.payout_id
        accrued = self._company.sales_incentive_accrued_account_id
        payable = self._company.sales_incentive_payable_account_id
        partner = line.partner_id
        return [
            self._prepare_line(accrued, partner, line.amount, payout.month),
            self._prepare_line(payable, partner, -line.amount, payout.month)
            | {
                "currency_id": line.pay_currency_id.id,
                "amount_currency": -line.pay_amount,
            },
        ]

    def _prepare_bill(self, line):
        """Return the values of a bill whose amount in company currency is exact.

        Its rate is what is paid ÷ what the ledger pays, so rounding to the currency of
        the agent makes no difference.
        """
        payout = line.payout_id
        accrued = self._company.sales_incentive_accrued_account_id
        name = self._get_label(payout.month)
        return {
            "move_type": "in_invoice",
            "partner_id": line.partner_id.id,
            "invoice_date": payout.payment_date,
            "invoice_origin": name,
            "currency_id": line.pay_currency_id.id,
            "invoice_currency_rate": line.pay_amount / line.amount,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": f"{name}, {line.plan_id.name}",
                        "account_id": accrued.id,
                        "price_unit": line.pay_amount,
                        "tax_ids": [Command.set(self._get_taxes(line).ids)],
                    }
                )
            ],
        }

    def _get_taxes(self, line):
        """Return the taxes of the agents' expense account, as far as the agent is
        subject to them.

        None that would move the accrued amount: included in it, or without an account.
        """
        expense = self._company._get_incentive_expense_account(line.assignment_id)
        position = self.env["account.fiscal.position"].with_company(self._company)
        taxes = position._get_fiscal_position(line.partner_id).map_tax(
            expense.tax_ids.filtered(lambda tax: tax.type_tax_use == "purchase")
        )
        return taxes.filtered(
            lambda tax: (
                not tax.price_include
                and all(
                    part.account_id
                    for part in tax.invoice_repartition_line_ids
                    if part.repartition_type == "tax"
                )
            )
        )

    def reverse(self, payout):
        """Post what undoes a payout, see :meth:`pay`."""
        payout = payout.with_env(self.env)
        moves = payout.line_ids.move_id
        reversals = moves._reverse_moves(
            [self._prepare_reversal(move, payout) for move in moves], cancel=True
        )
        for move, reversal in zip(moves, reversals, strict=True):
            lines = payout.line_ids.filtered(lambda line, m=move: line.move_id == m)
            lines.reversal_move_id = reversal

    def _prepare_reversal(self, move, payout):
        values = {
            "date": payout.reversal_date,
            "ref": move.ref,
            "is_sales_incentive": True,
        }
        if move.is_invoice():
            values |= {
                "invoice_date": payout.reversal_date,
                "invoice_currency_rate": move.invoice_currency_rate,
            }
        return values

    # ------------------------------------------------------------------
    # Moves
    # ------------------------------------------------------------------

    def _get_label(self, month):
        return self.env._("Incentives %s", format_period(self.env, month))

    def _prepare_line(self, account, partner, balance, month):
        return {
            "account_id": account.id,
            "partner_id": partner.id,
            "name": self._get_label(month),
            "balance": self._currency.round(balance),
        }

    def _post_entry(self, lines, day, month):
        if not lines:
            return self.env["account.move"]
        move = self._create_move(
            {
                "move_type": "entry",
                "journal_id": self._company.sales_incentive_journal_id.id,
                "date": day,
                "ref": self._get_label(month),
                "line_ids": [Command.create(values) for values in lines],
            }
        )
        move._post(soft=False)
        return move

    def _create_move(self, values):
        moves = self.env["account.move"].with_company(self._company)
        return moves.create(
            {"company_id": self._company.id, "is_sales_incentive": True, **values}
        )
