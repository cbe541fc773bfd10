# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..models.res_company import NEEDED
from .payout_common import IncentivePayoutCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestSalesIncentiveAccounting(IncentivePayoutCommon):
    """What is posted when months are locked, paid and undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._post_to_accounting()

    def _get_lines(self, move):
        """:return: list of account, partner, balance, sorted by account"""
        return sorted(
            (line.account_id.code, line.partner_id.name, round(line.balance, 2))
            for line in move.line_ids
        )

    @classmethod
    def _start_agent(cls, **values):
        """Assign an agent, who sells by a channel of their own."""
        company = cls.env["res.partner"].create(
            {"name": "Agency", "is_company": True, "supplier_rank": 1}
        )
        agent = cls.env["res.partner"].create(
            {"name": "Agent", "parent_id": company.id}
        )
        channel = cls.env["sales.channel"].create({"name": "Agent", "kind": "agent"})
        plan = cls.env["sales.incentive.plan"].create(
            {"name": "Agents", "company_id": cls.company.id}
        )
        cls._put_into_effect(plan, date(2026, 1, 1))
        cls.agent_channel = channel
        return cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "partner_id": agent.id,
                "channel_id": channel.id,
                "date_from": date(2026, 1, 1),
                **values,
            }
        )

    def _payout_of(self, month):
        return self.payouts.search(
            [("period_id", "=", self._period(month).id), ("state", "!=", "reversed")]
        )

    def test_a_locked_month_is_accrued_by_person(self):
        assignment = self._start_plan()
        assignment.draw_amount = 200
        self._sell(15, "2026-01-03")
        self._lock(1)
        move = self._period(1).sudo().accrual_move_id
        self.assertRecordValues(
            move,
            [
                {
                    "state": "posted",
                    "date": date(2026, 1, 31),
                    "ref": "Incentives January 2026",
                    "journal_id": self.journal.id,
                }
            ],
        )
        name = self.salesperson.name
        self.assertEqual(
            self._get_lines(move),
            [
                ("110901", name, 50),
                ("210901", name, -200),
                ("600901", False, 150),
            ],
        )

    def test_the_lock_posts_for_whoever_may_lock(self):
        self._start_plan()
        self._sell(15, "2026-01-03")
        self._compute()
        period = self._period(1)
        period.action_publish()
        period.with_user(self.director).action_approve()
        self.assertFalse(
            self.env["account.move"].with_user(self.director).has_access("create")
        )
        period.with_user(self.director).action_lock()
        self.assertEqual(period.sudo().accrual_move_id.state, "posted")

    def test_a_month_without_movements_has_no_entry(self):
        self._start_plan()
        self._lock(1)
        period = self._period(1).sudo()
        self.assertTrue(period.is_accrued)
        self.assertFalse(period.accrual_move_id)

    def test_expenses_go_to_the_analytic_account_of_the_team(self):
        plan = self.env["account.analytic.plan"].create({"name": "Teams"})
        analytic = self.env["account.analytic.account"].create(
            {"name": "Department", "plan_id": plan.id}
        )
        self.team_department.sales_incentive_analytic_id = analytic
        self._start_plan()
        self._start_plan(self.outsider)
        for user in (self.salesperson, self.outsider):
            self._sell(15, "2026-01-03", user=user)
        self._lock(1)
        lines = self._period(1).sudo().accrual_move_id.line_ids
        distributed = lines.filtered("analytic_distribution")
        self.assertRecordValues(
            distributed,
            [
                {
                    "account_id": self.expense.id,
                    "partner_id": False,
                    "analytic_distribution": {str(analytic.id): 100},
                }
            ],
        )
        # Analytic items are read far beyond accounting.
        self.assertFalse(distributed.analytic_line_ids.partner_id)

    def test_what_is_missing_is_said_at_the_lock(self):
        self._start_plan()
        self._sell(15, "2026-01-03")
        self.company.sales_incentive_advance_account_id = False
        with self.assertRaisesRegex(
            UserError, "lacks: Advances on Incentives.*Settings"
        ):
            self._lock(1)

    def test_a_company_without_accounting_locks_and_pays(self):
        self.company.write(dict.fromkeys(("sales_incentive_post", *NEEDED), False))
        before = self.env["account.move"].search_count([])
        self._start_plan()
        self._sell(15, "2026-01-03")
        self.assertEqual(self._pay_out(1), 150)
        self._payout_of(1).action_reverse()
        self.assertEqual(self.env["account.move"].search_count([]), before)
        self.assertFalse(self._period(1).is_accrued)

    # ------------------------------------------------------------------
    # Payouts
    # ------------------------------------------------------------------

    def test_employees_are_payable_to_their_work_contact(self):
        employee = self.env["hr.employee"].create(
            {"name": "Sally Person", "user_id": self.salesperson.id}
        )
        contact = employee.work_contact_id
        self._start_plan()
        self._sell(15, "2026-01-03")
        self._pay_out(1)
        move = self._payout_of(1).line_ids.move_id
        self.assertEqual(
            self._get_lines(move),
            [
                ("210901", contact.name, 150),
                ("210902", contact.name, -150),
            ],
        )
        self.assertEqual(move.line_ids.partner_id, contact)
        self.assertEqual(move.date, date(2026, 2, 5))
        self.assertEqual(self._get_posted(self.accrued), 0)

    def test_an_undone_payout_leaves_no_balance_and_is_paid_again(self):
        assignment = self._start_plan()
        self._sell(15, "2026-01-03")
        self._pay_out(1)
        payout = self._payout_of(1)
        payout.action_reverse()
        self._assert_accounted(assignment)
        self.assertEqual(self._get_posted(self.payable), 0)
        reversal = payout.line_ids.reversal_move_id
        self.assertEqual(reversal.reversed_entry_id, payout.line_ids.move_id)
        self.assertEqual(reversal.date, date(2026, 7, 15))
        lines = (reversal + payout.line_ids.move_id).line_ids
        lines = lines.filtered(lambda line: line.account_id == self.payable)
        self.assertTrue(all(lines.mapped("reconciled")))
        again = self._create_payout(1)
        again.action_pay()
        self._assert_accounted(assignment)
        self.assertEqual(self._get_posted(self.payable), -150)

    def test_a_month_opens_its_accrual_and_all_its_payouts(self):
        self._start_plan()
        self._sell(15, "2026-01-03")
        self._sell(10, "2026-02-03")
        self._pay_out(1, 2)
        undone = self._payout_of(1)
        self._payout_of(2).action_reverse()
        undone.action_reverse()
        again = self._create_payout(1)
        january = self._period(1).with_user(self.finance)
        self.assertEqual(january.payout_count, 2)
        action = january.action_open_payouts()
        payouts = self.payouts.with_user(self.finance).search(action["domain"])
        self.assertEqual(payouts, undone + again)
        self.assertEqual(january.action_pay()["res_id"], again.id, "no third one")
        action = january.action_open_accrual()
        move = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(move, january.accrual_move_id)
        self.assertIn(
            (self.accrued.code, "Test Salesperson", -150), self._get_lines(move)
        )

    def test_an_ordinary_payment_settles_what_is_payable(self):
        self._start_plan()
        self._sell(15, "2026-01-03")
        self._pay_out(1)
        payout = self._payout_of(1)
        line = payout.line_ids.move_id.line_ids.filtered(
            lambda line: line.account_id == self.payable
        )
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move.line", active_ids=line.ids
        )
        wizard.create({"payment_date": "2026-02-06"})._create_payments()
        self.assertTrue(line.reconciled)
        payout.action_reverse()
        self.assertEqual(payout.state, "reversed")

    def test_a_currency_without_decimals_changes_no_company_amount(self):
        yen = self._get_yen(151.337)
        assignment = self._start_plan()
        assignment.pay_currency_id = yen
        self._sell(1, "2026-01-03", price=1_234.5)
        self._pay_out(1)
        payable = self._payout_of(1).line_ids.move_id.line_ids.filtered(
            lambda line: line.account_id == self.payable
        )
        self.assertRecordValues(
            payable,
            [{"currency_id": yen.id, "amount_currency": -18_683, "balance": -123.45}],
        )
        self._assert_accounted(assignment)
        self._payout_of(1).action_reverse()
        self._assert_accounted(assignment)
        self.assertEqual(self._get_posted(self.payable), 0)

    def _get_yen(self, rate):
        yen = self.env.ref("base.JPY")
        yen.active = True
        yen.rate_ids.unlink()
        yen.rate_ids = [
            Command.create(
                {"name": "2026-01-01", "rate": rate, "company_id": self.company.id}
            )
        ]
        return yen

    def test_an_agent_gets_a_bill_and_a_refund(self):
        assignment = self._start_agent()
        self._sell(15, "2026-01-03", sales_channel_id=self.agent_channel.id)
        self._pay_out(1)
        bill = self._payout_of(1).line_ids.move_id
        self.assertRecordValues(
            bill,
            [
                {
                    "move_type": "in_invoice",
                    "state": "posted",
                    "invoice_date": date(2026, 2, 5),
                    "amount_total": 150,
                    "partner_id": assignment.partner_id.commercial_partner_id.id,
                }
            ],
        )
        self.assertEqual(bill.invoice_line_ids.account_id, self.accrued)
        self.assertEqual(self._get_posted(self.agent_expense), 150)
        self._assert_accounted(assignment)
        payout = self._payout_of(1)
        payout.action_reverse()
        refund = payout.line_ids.reversal_move_id
        self.assertRecordValues(
            refund,
            [
                {
                    "move_type": "in_refund",
                    "state": "posted",
                    "amount_total": 150,
                    "invoice_date": date(2026, 7, 15),
                }
            ],
        )
        self.assertIn(bill.payment_state, ("reversed", "paid"))
        self._assert_accounted(assignment)
        self._create_payout(1).action_pay()
        self._assert_accounted(assignment)
        self.assertEqual(len(self._payout_of(1).line_ids.move_id), 1)

    def test_the_bill_of_an_agent_abroad_is_exact_in_company_currency(self):
        yen = self._get_yen(151.337)
        assignment = self._start_agent(pay_currency_id=yen.id)
        self._sell(
            1, "2026-01-03", price=1_234.5, sales_channel_id=self.agent_channel.id
        )
        self._pay_out(1)
        bill = self._payout_of(1).line_ids.move_id
        self.assertRecordValues(
            bill,
            [
                {
                    "currency_id": yen.id,
                    "amount_total": 18_683,
                    "amount_total_signed": -123.45,
                }
            ],
        )
        self._assert_accounted(assignment)
        # At the rate of another day, nothing is left either.
        yen.rate_ids = [
            Command.create(
                {"name": "2026-07-01", "rate": 99, "company_id": self.company.id}
            )
        ]
        self._payout_of(1).action_reverse()
        self._assert_accounted(assignment)

    def test_taxes_of_a_bill_are_those_of_the_expense_account(self):
        tax = self.env["account.tax"].create(
            {"name": "Purchase 5 %", "amount": 5, "type_tax_use": "purchase"}
        )
        unaccounted = tax.copy({"name": "Without an account"})
        tax.invoice_repartition_line_ids.filtered(
            lambda part: part.repartition_type == "tax"
        ).account_id = self._create_account("130901", "Input Tax", "asset_current")
        self.agent_expense.tax_ids = tax + unaccounted
        assignment = self._start_agent()
        self._sell(15, "2026-01-03", sales_channel_id=self.agent_channel.id)
        self._pay_out(1)
        bill = self._payout_of(1).line_ids.move_id
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (150, 157.5))
        self._assert_accounted(assignment)

    # ------------------------------------------------------------------
    # Always
    # ------------------------------------------------------------------

    def test_accrued_is_payable_and_waiting_advances_are_owed(self):
        """Through holdback, draw, recovery, clawback and what is carried on."""
        held = self._start_plan(
            metric_id=self.invoiced.id,
            holdback=20,
            holdback_months=2,
            cap_month=900,
            cap_month_mode="carry",
        )
        drawn = self._start_plan(self.outsider)
        drawn.draw_amount = 300
        agent = self._start_agent()
        people = (held, drawn, agent)
        invoice = self._invoice(self._sell(120, "2026-01-03"), "2026-01-04")
        order = self._sell(10, "2026-01-05", user=self.outsider)
        self._sell(
            1,
            "2026-01-06",
            price=333.33,
            sales_channel_id=self.agent_channel.id,
            user=self.colleague,
        )
        self._lock(1)
        self._assert_accounted(*people)
        self._create_payout(1).action_pay()
        self._assert_accounted(*people)
        self._credit(invoice, date(2026, 2, 3), quantity=70)
        order._action_cancel()
        self._lock(2)
        self._assert_accounted(*people)
        self._create_payout(2).action_pay()
        self._assert_accounted(*people)
        self._sell(90, "2026-03-05", user=self.outsider)
        for month in (3, 4):
            self._lock(month)
            self._assert_accounted(*people)
        self._payout_of(2).action_reverse()
        self._assert_accounted(*people)
        for month in (2, 3, 4):
            self._create_payout(month).action_pay()
            self._assert_accounted(*people)
        self.assertEqual(self._get_posted(self.expense) % 1, 0)
        left = self.entries._read_group(
            [("state", "=", "locked"), ("balance", "!=", "capped")], [], ["amount:sum"]
        )[0][0]
        on_accounts = sum(map(self._get_posted, (self.accrued, self.advances)))
        self.assertEqual(round(left, 2), -on_accounts)

    def test_months_locked_before_accounting_is_on_are_caught_up(self):
        self.company.sales_incentive_post = False
        assignment = self._start_plan()
        assignment.draw_amount = 200
        self._sell(15, "2026-01-03")
        self._sell(50, "2026-02-03")
        self._pay_out(1)
        self._lock(2)
        self.company.sales_incentive_post = True
        payout = self._create_payout(2)
        payout.action_pay()
        self._assert_accounted(assignment)
        self._payout_of(1).action_reverse()
        self._assert_accounted(assignment)
        self._create_payout(1).action_pay()
        self._assert_accounted(assignment)
        # Switched off, what is in accounting is still paid there.
        self.company.sales_incentive_post = False
        payout.action_reverse()
        self._assert_accounted(assignment)

    def test_entries_of_ours_are_not_reset_reversed_or_deleted(self):
        self._start_plan()
        self._sell(15, "2026-01-03")
        self._pay_out(1)
        payout = self._payout_of(1)
        accrual = self._period(1).sudo().accrual_move_id
        for move, message in (
            (accrual, "January 2026 is locked"),
            (payout.line_ids.move_id, "Reverse the payout"),
        ):
            move = move.with_user(self.finance)
            for act in (
                move.button_draft,
                move.button_cancel,
                move.with_context(force_delete=True).unlink,
                lambda move=move: move.write({"state": "draft"}),
                lambda move=move: self._reverse_by_hand(move),
                lambda move=move: self._reverse_by_hand(move, is_modify=True),
            ):
                with self.assertRaisesRegex(UserError, message):
                    act()
        invoice = self._invoice(self._sell(1, "2026-02-03"), "2026-02-04")
        invoice.button_draft()
        self.assertEqual(invoice.state, "draft")
        self._reverse_by_hand(self._invoice(self._sell(1, "2026-02-03"), "2026-02-05"))

    def _reverse_by_hand(self, move, is_modify=False):
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.finance)
            .with_context(active_model=move._name, active_ids=move.ids)
            .create({"date": "2026-04-01", "journal_id": move.journal_id.id})
        )
        wizard.reverse_moves(is_modify)

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    def _post_by_hand(self, account, partner, amount):
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.journal.id,
                "date": date(2026, 2, 1),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner.id,
                            "balance": amount,
                        }
                    ),
                    Command.create({"account_id": self.expense.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    def _get_check(self, month=2):
        self.env.invalidate_all()
        lines = self._period(month).with_user(self.finance).checklist
        return next(line for line in lines if line["code"] == "books")

    def test_the_checklist_shows_accruals_and_advances_posted_by_hand(self):
        assignment = self._start_plan()
        self._sell(15, "2026-01-03")
        self._pay_out(1)
        self.assertEqual(self._get_check()["count"], 0)
        partner = assignment._get_paid_partner()
        move = self._post_by_hand(self.accrued, partner, 40)
        self._post_by_hand(self.payable, partner, 7)
        check = self._get_check()
        self.assertEqual((check["count"], check["status"]), (1, "look"))
        action = self._period(2).with_user(self.finance).action_open_check("books")
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines, move.line_ids.filtered("partner_id"))

    def test_what_was_posted_by_hand_and_taken_back_is_settled(self):
        assignment = self._start_plan()
        self._sell(15, "2026-01-03")
        self._lock(1)
        partner = assignment._get_paid_partner()
        move = self._post_by_hand(self.advances, partner, 40)
        self.assertEqual(self._get_check()["count"], 1)
        move._reverse_moves([{"date": date(2026, 2, 2)}], cancel=True)
        self.assertEqual(self._get_check()["count"], 0)
