# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import Error, errors

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .payout_common import IncentivePayoutCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestSalesIncentivePayout(IncentivePayoutCommon):
    """What a locked month pays, and what undoes this."""

    def test_a_locked_month_is_paid_and_undone_and_paid_again(self):
        assignment = self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        period = self._period(1)
        action = period.with_user(self.finance).action_pay()
        payout = self.payouts.browse(action["res_id"])
        self.assertRecordValues(
            payout.line_ids,
            [
                {
                    "assignment_id": assignment.id,
                    "payee": "Test Salesperson",
                    "method": "payroll",
                    "amount": 100,
                    "pay_amount": 100,
                    "rate": 1,
                }
            ],
        )
        payout.with_user(self.finance).action_pay()
        self.assertEqual(period.state, "paid")
        self.assertRecordValues(
            payout,
            [{"state": "paid", "paid_by_id": self.finance.id, "amount": 100}],
        )
        self.assertEqual(
            self._get_entries(1),
            [("earning", "payable", 100), ("payout", "payable", -100)],
        )
        payout.with_user(self.finance).action_reverse()
        self.assertEqual((period.state, payout.state), ("locked", "reversed"))
        self.assertEqual(self._get_entries(1)[2:], [("payout", "payable", 100)])
        again = self._create_payout(1)
        again.action_pay()
        self.assertEqual(period.state, "paid")
        self.assertEqual(self._get_balances(assignment), {})
        entries = self.entries.search([("kind", "=", "payout")], order="id")
        self.assertEqual(entries.mapped("amount"), [-100, 100, -100])
        self.assertEqual(
            entries.mapped("explanation"),
            [
                f"Paid out on {payout.payment_date:%m/%d/%Y}",
                "Payout undone on 07/15/2026",
                "Paid out on 02/05/2026",
            ],
        )

    def test_figures_of_a_month_are_the_same_before_and_after_its_payment(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        period = self._period(1)
        figures = ("earned", "payable", "waiting", "owed", "payee_count")
        before = period.read(figures)
        self._create_payout(1).action_pay()
        period.invalidate_recordset()
        self.assertEqual(period.read(figures), before)

    def test_a_paid_month_books_what_changes_in_the_open_month(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._pay_out(1)
        self._sell(5, "2026-01-04")
        self._compute()
        self.assertEqual(self._get_entries(2), [("earning", "payable", 50)])
        self.assertEqual(self._pay_out(2), 50)

    def test_a_payout_takes_as_many_queries_whomever_it_pays(self):
        def count(month):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._create_payout(month).action_pay()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        count(1)
        self._sell(10, "2026-02-03")
        self._lock(2)
        one = count(2)
        people = self.salesperson + self.colleague + self.outsider + self.leader
        for user in people:
            self._start_plan(user, date(2026, 3, 1))
            self._sell(10, "2026-03-03", user=user)
        self._lock(3)
        self.assertLessEqual(count(3), one + 3)

    # ------------------------------------------------------------------
    # Worked figures
    # ------------------------------------------------------------------

    def test_a_draw_is_paid_and_repaid_from_what_exceeds_it(self):
        assignment = self._start_plan()
        assignment.draw_amount = 2_000
        paid, owed = [], []
        for month, earned in enumerate((2750, 3000, 1500, 2375, 3000, 2750), 1):
            self._sell(earned / 10, f"2026-{month:02}-10")
            paid.append(self._pay_out(month))
            owed.append(-self._get_balances(assignment).get("owed", 0))
        self.assertEqual(paid, [2750, 3000, 2000, 2000, 2875, 2750])
        self.assertEqual(owed, [0, 0, 500, 125, 0, 0])

    def test_what_a_cap_carries_on_is_paid_in_the_next_month(self):
        assignment = self._start_plan(
            cap_document=5_000, cap_month=8_000, cap_month_mode="carry"
        )
        for quantity, day in ((300, "05"), (800, "06"), (600, "07")):
            self._sell(quantity, f"2026-01-{day}")
        self._sell(200, "2026-02-05")
        self.assertEqual(self._pay_out(1), 8_000)
        self.assertEqual(self._get_balances(assignment), {"capped": 5_000})
        self.assertEqual(self._pay_out(2), 7_000)
        self.assertEqual(self._get_balances(assignment), {})

    def test_a_return_takes_first_what_is_held_back(self):
        assignment = self._start_plan(
            metric_id=self.invoiced.id, holdback=20, holdback_months=6
        )
        invoice = self._invoice(self._sell(100, "2026-01-03"), "2026-01-04")
        self.assertEqual(self._pay_out(1), 800)
        self.assertEqual(self._get_balances(assignment), {"waiting": 200})
        self._credit(invoice, date(2026, 2, 3), quantity=25)
        self.assertEqual(self._pay_out(2), 0)
        self.assertEqual(self._get_balances(assignment), {"owed": -50})
        self._invoice(self._sell(100, "2026-03-03"), "2026-03-04")
        self.assertEqual(self._pay_out(3), 750)
        self.assertEqual(self._get_balances(assignment), {"waiting": 200})

    def test_a_negative_month_is_not_paid_but_carried_on(self):
        assignment = self._start_plan()
        order = self._sell(265, "2026-01-03")
        self.assertEqual(self._pay_out(1), 2_650)
        self._sell(50, "2026-02-03")
        order._action_cancel()
        self.assertEqual(self._pay_out(2), 0)
        self.assertEqual(self._period(2).state, "paid")
        self.assertEqual(self._get_balances(assignment), {"owed": -2_150})
        self._sell(300, "2026-03-03")
        self.assertEqual(self._pay_out(3), 850)
        self.assertEqual(self._get_balances(assignment), {})

    # ------------------------------------------------------------------
    # Order of months
    # ------------------------------------------------------------------

    def test_only_a_locked_month_is_paid_once(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._compute()
        with self.assertRaisesRegex(UserError, "Only what is locked is paid"):
            self._create_payout(1)
        self._lock(1)
        payout = self._create_payout(1)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(errors.UniqueViolation),
            self.cr.savepoint(),
        ):
            self._create_payout(1)
        payout.action_pay()
        with self.assertRaisesRegex(UserError, "no longer Draft"):
            payout.action_pay()
        with self.assertRaisesRegex(UserError, "Only what is locked is paid"):
            self._create_payout(1)

    def test_months_are_paid_one_after_the_other(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._sell(20, "2026-02-03")
        self._lock(1, 2)
        february = self._create_payout(2)
        with self.assertRaisesRegex(UserError, "January 2026 is still Locked"):
            february.action_pay()
        january = self._create_payout(1)
        january.action_pay()
        february.action_pay()
        self.assertEqual(february.amount, 200)
        # The first is undone alone, and paid again.
        january.action_reverse()
        self.assertEqual(self._period(2).state, "paid")
        again = self._create_payout(1)
        again.action_pay()
        self.assertEqual(again.amount, 100)

    def test_a_page_that_was_open_too_long_undoes_nothing_twice(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._pay_out(1)
        payout = self.payouts.search([("period_id", "=", self._period(1).id)])
        payout.action_reverse()
        with self.assertRaisesRegex(UserError, "no longer Paid"):
            payout.action_reverse()
        with self.assertRaisesRegex(UserError, "stay on record"):
            payout.unlink()
        with self.assertRaisesRegex(UserError, "no longer Draft"):
            payout.payment_date = date(2026, 7, 1)

    # ------------------------------------------------------------------
    # Currencies
    # ------------------------------------------------------------------

    def _set_rate(self, name, rate, day="2026-01-01"):
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", name)])
        currency.active = True
        currency.rate_ids.unlink()
        currency.rate_ids = [
            (0, 0, {"name": day, "rate": rate, "company_id": self.company.id})
        ]
        return currency

    def test_a_person_is_paid_in_their_currency_at_the_rate_of_the_day(self):
        assignment = self._start_plan()
        assignment.pay_currency_id = self._set_rate("JPY", 151.337)
        assignment.pay_currency_id.rate_ids = [
            (0, 0, {"name": "2026-03-01", "rate": 160, "company_id": self.company.id})
        ]
        self._sell(1, "2026-01-03", price=1_234.5)
        self._lock(1)
        with Form(self._create_payout(1)) as form:
            self.assertEqual(form.amount, 123.45)
            form.payment_date = date(2026, 2, 10)
        payout = form.record
        self.assertRecordValues(
            payout.line_ids, [{"rate": 151.337, "pay_amount": 18_683, "amount": 123.45}]
        )
        payout.payment_date = date(2026, 3, 10)
        payout.action_pay()
        self.assertRecordValues(
            payout.line_ids, [{"rate": 160, "pay_amount": 19_752, "amount": 123.45}]
        )

    def test_without_a_rate_nothing_is_paid(self):
        assignment = self._start_plan()
        assignment.pay_currency_id = self._set_rate("JPY", 150, "2026-06-01")
        self.env["res.currency.rate"].search(
            [("currency_id", "=", self.company.currency_id.id)]
        ).unlink()
        self._sell(10, "2026-01-03")
        self._lock(1)
        with self.assertRaisesRegex(UserError, "no rate of JPY on 02/05/2026"):
            self._create_payout(1)

    def test_what_is_too_little_for_the_currency_stays_payable(self):
        assignment = self._start_plan()
        assignment.pay_currency_id = self._set_rate("JPY", 0.001)
        self._sell(10, "2026-01-03")
        self.assertEqual(self._pay_out(1), 0)
        self._sell(1000, "2026-02-03")
        self.assertEqual(self._pay_out(2), 10_100)
        self.assertEqual(self._get_balances(assignment), {})

    def test_what_a_later_month_has_paid_is_not_paid_again(self):
        assignment = self._start_plan()
        assignment.pay_currency_id = self._set_rate("JPY", 0.001)
        self._sell(10, "2026-01-03")
        self._pay_out(1)
        self._sell(1000, "2026-02-03")
        self._pay_out(2)  # with the 100 of January, which were too little
        self.payouts.search([("period_id", "=", self._period(1).id)]).action_reverse()
        assignment.pay_currency_id = self.company.currency_id
        again = self._create_payout(1)
        self.assertEqual(again.amount, 0)
        again.action_pay()
        self.assertEqual(self._get_balances(assignment), {})

    # ------------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------------

    def _refuse(self, statement, error=Error, **params):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(error),
            self.cr.savepoint(),
        ):
            self.cr.execute(statement, params)

    def test_a_locked_month_takes_nothing_but_its_payout(self):
        assignment = self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        payout = self._create_payout(1)
        statement = """
            INSERT INTO sales_incentive_entry
                   (company_id, currency_id, period_id, state, month, origin,
                    assignment_id, kind, balance, amount, reason, payout_id)
            VALUES (%(company)s, %(currency)s, %(period)s, %(state)s, %(month)s,
                    %(month)s, %(assignment)s, %(kind)s, %(balance)s, %(amount)s,
                    %(reason)s, %(payout)s)
        """
        values = {
            "company": self.company.id,
            "currency": self.company.currency_id.id,
            "period": self._period(1).id,
            "state": "locked",
            "month": date(2026, 1, 1),
            "assignment": assignment.id,
            "kind": "payout",
            "balance": "payable",
            "amount": -100,
            "reason": "paid",
            "payout": payout.id,
        }
        locked = errors.RestrictViolation
        self.env.flush_all()
        # The payout is a draft.
        self._refuse(statement, locked, **values)
        # It is about to be paid.
        self.cr.execute(
            "UPDATE sales_incentive_payout SET state = 'paid' WHERE id = %s",
            [payout.id],
        )
        for forged in (
            {"kind": "adjustment"},
            {"payout": None},
            {"amount": -101},
            {"amount": 100},
            {"reason": "reversed"},
            {"reason": "reversed", "amount": 100},
            {"balance": "owed"},
            {"state": "provisional"},
            {"month": date(2026, 2, 1)},
            {"assignment": 0},
        ):
            with self.subTest(**forged):
                self._refuse(statement, locked, **{**values, **forged})
        self.cr.execute(statement, values)
        # What was paid is not paid twice.
        self._refuse(statement, errors.UniqueViolation, **values)
        payout_entry = self.entries.search([("kind", "=", "payout")], limit=1)
        for statement in (
            "UPDATE sales_incentive_entry SET amount = 0 WHERE id = %(id)s",
            "DELETE FROM sales_incentive_entry WHERE id = %(id)s",
            "TRUNCATE sales_incentive_entry",
        ):
            self._refuse(statement, locked, id=payout_entry.id)
        with self.assertRaises(UserError):
            payout_entry.amount = 0
        with self.assertRaises(UserError):
            payout_entry.unlink()

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    def test_finance_pays_others_read_and_salespeople_see_nothing(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._pay_out(1)
        payout = self.payouts.search([("period_id", "=", self._period(1).id)])
        models = (payout, payout.line_ids)
        for user in (self.director, self.officer):
            for records in models:
                records = records.with_user(user)
                self.assertTrue(records.has_access("read"))
                self.assertFalse(records.has_access("write"))
            with self.assertRaises(AccessError):
                payout.with_user(user).action_reverse()
            with self.assertRaises(AccessError):
                self.payouts.with_user(user).create({"period_id": payout.period_id.id})
        for user in (self.salesperson, self.leader):
            for records in models:
                self.assertFalse(records.with_user(user).has_access("read"))
            self.assertFalse(
                self.env["sales.incentive.balance"].with_user(user).has_access("read")
            )
            with self.assertRaises(AccessError):
                payout.period_id.with_user(user).read(["payout_ids"])
            for action in ("action_pay", "action_reverse"):
                with self.assertRaises(AccessError):
                    getattr(payout.with_user(user), action)()
        own = self.entries.with_user(self.salesperson).search([("kind", "=", "payout")])
        self.assertEqual(own.mapped("amount"), [-100])

    def test_nobody_says_what_a_payout_pays(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        values = {
            "period_id": self._period(1).id,
            "state": "paid",
            "paid_by_id": self.director.id,
            "amount": 1_000_000,
        }
        payouts = self.payouts.with_user(self.finance)
        with self.assertRaises(AccessError):
            payouts.create(values)
        forged = {f"default_{name}": value for name, value in values.items()}
        forged |= {"default_pay_amount": 7, "default_rate": 7}
        payout = payouts.with_context(**forged).create(
            {"period_id": values["period_id"]}
        )
        self.assertRecordValues(
            payout, [{"state": "draft", "paid_by_id": False, "amount": 100}]
        )
        self.assertEqual(payout.line_ids.pay_amount, 100)
        for forged in (
            {"state": "paid"},
            {"line_ids": [(0, 0, {"amount": 5})]},
            {"line_ids": [(1, payout.line_ids.id, {"amount": 5})]},
            {"payee_count": 5, "state": "paid"},
            {"period_id": self._period(2).id},
        ):
            with self.subTest(**forged), self.assertRaises(AccessError):
                payout.write(forged)
        with self.assertRaises(AccessError):
            payout.line_ids.write({"amount": 5})
        with self.assertRaises(AccessError):
            self._period(1).with_user(self.finance).write({"is_accrued": True})

    def test_messages_of_a_payout_name_no_amounts(self):
        self._start_plan()
        self._sell(77, "2026-01-03")
        self._pay_out(1)
        payout = self.payouts.search([("period_id", "=", self._period(1).id)])
        payout.action_reverse()
        self.env.flush_all()
        records = payout + payout.browse()
        messages = records.message_ids + self._period(1).message_ids
        text = " ".join(
            [
                *messages.mapped("body"),
                *messages.tracking_value_ids.mapped(lambda v: v.new_value_char or ""),
            ]
        )
        self.assertNotIn("770", text)

    # ------------------------------------------------------------------
    # Balances
    # ------------------------------------------------------------------

    def test_balances_are_those_of_the_end_of_a_month(self):
        assignment = self._start_plan()
        assignment.draw_amount = 200
        self._sell(10, "2026-01-03")
        self._sell(50, "2026-02-03")
        self._pay_out(1)
        self._lock(2)
        balances = self.env["sales.incentive.balance"].with_user(self.finance)
        sums = [f"{name}:sum" for name in ("earned", "paid", "payable", "owed")]

        def get_until(month):
            [row] = balances._read_group(
                [("month", "<=", date(2026, month, 1)), ("state", "=", "locked")],
                ["assignment_id"],
                sums,
            )
            return row

        self.assertEqual(get_until(1), (assignment, 100, 200, 0, -100))
        self.assertEqual(get_until(2), (assignment, 600, 200, 400, 0))
        found = balances.search([("month", "=", date(2026, 1, 1))])
        action = found.action_open_entries()
        self.assertEqual(len(self.entries.search(action["domain"])), 4)
        self.assertEqual(assignment.with_user(self.finance).payable, 400)

    def test_leavers_who_owe_are_found(self):
        assignment = self._start_plan()
        assignment.write({"draw_amount": 200, "date_to": "2026-01-31"})
        stays = self._start_plan(self.colleague)
        stays.draw_amount = 200
        self._pay_out(1)
        domain = [("owes", "=", True), ("assignment_id.is_over", "=", True)]
        balances = self.env["sales.incentive.balance"].with_user(self.finance)
        self.assertEqual(balances.search(domain).assignment_id, assignment)
        self.assertEqual(
            balances.search([("owes", "=", True)]).assignment_id, assignment + stays
        )
