# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import RestrictViolation

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import MonthFollower
from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveLedger(IncentiveLedgerCommon):
    # ------------------------------------------------------------------
    # An open month
    # ------------------------------------------------------------------

    def test_a_sale_earns_and_says_why(self):
        self._start_plan()
        order = self._sell(10, "2026-04-03")
        self._compute()
        entry = self.entries.search([])
        self.assertRecordValues(
            entry,
            [
                {
                    "kind": "earning",
                    "balance": "payable",
                    "amount": 100,
                    "base": 1000,
                    "rate": 0.1,
                    "month": date(2026, 4, 1),
                    "origin": date(2026, 4, 1),
                    "user_id": self.salesperson.id,
                    "payee": "Test Salesperson",
                    "document_name": order.name,
                    "customer": "Customer North",
                    "product": "Test Goods",
                    "state": "provisional",
                    "is_changed": False,
                }
            ],
        )
        self.assertEqual(entry.document, order)
        self.assertEqual(entry.explanation.replace("\xa0", " "), "$ 1,000.00 × 10 %")

    def test_months_are_those_since_the_terms_begin(self):
        self._start_plan(date_from=date(2026, 2, 1))
        self._compute()
        self.assertEqual(
            self.periods.search([]).mapped("month"),
            [date(2026, month, 1) for month in (4, 3, 2)],
        )

    def test_an_open_month_follows_the_figures(self):
        self._start_plan()
        order = self._sell(10, "2026-03-03")
        self._compute()
        self.assertEqual(self._get_entries(3), [("earning", "payable", 100)])
        order.order_line.product_uom_qty = 5
        self._compute()
        self.assertEqual(self._get_entries(3), [("earning", "payable", 50)])
        order._action_cancel()
        self._compute()
        self.assertFalse(self.entries.search([]))

    def test_a_second_run_changes_nothing(self):
        self._start_plan()
        self._sell(10, "2026-03-03")
        self._compute()
        before = self.entries.search([]).ids
        self._period(3)._compute_entries()
        self.assertEqual(self.entries.search([]).ids, before)

    def test_a_sale_that_crosses_bounds_says_what_each_slice_earns(self):
        self._start_plan(
            rate_by="month", tier_ids=self._tiers((0, 5), (1000, 6), (1500, 7))
        )
        self._sell(5, "2026-04-03")
        self._sell(12, "2026-04-04")
        self._compute()
        entries = self.entries.search([], order="date")
        self.assertEqual(entries.mapped("amount"), [25, 69])
        texts = [text.replace("\xa0", " ") for text in entries.mapped("explanation")]
        self.assertEqual(
            texts,
            [
                "$ 500.00 × 5 %",
                "$ 500.00 × 5 % + $ 500.00 × 6 % + $ 200.00 × 7 %;"
                " from $ 500.00 to $ 1,700.00 so far",
            ],
        )

    def test_what_was_released_long_ago_is_left_alone(self):
        self._start_plan(holdback=20, holdback_months=1)
        self._sell(10, "2026-01-03")
        self._lock(1, 2, 3)
        self.assertEqual(self._get_paid(2), 20)
        # The lock forgets them, but goes by the clock of the database.
        self.env.cr.execute("DELETE FROM sales_incentive_change")
        self._sell(1, "2026-04-03")
        self._compute()
        self.assertEqual(self._get_paid(4), 8)

    def test_history_never_earns(self):
        self._start_plan()
        self._create_history(("2026-03-03", 1000, {"user_id": self.salesperson.id}))
        self._compute()
        self.assertFalse(self.entries.search([]))

    def test_only_the_people_concerned_are_computed(self):
        self._start_plan()
        self._start_plan(self.colleague)
        self._sell(10, "2026-04-03")
        self._compute()
        self._sell(1, "2026-04-04", user=self.colleague)
        self.env["sales.mart"]._refresh()
        changes = self.env["sales.incentive.change"]._take()
        affected = MonthFollower(self.env).find_affected(
            self.periods._get_following(), changes
        )
        self.assertEqual(affected.user_id, self.colleague)

    def test_without_a_target_nothing_is_earned_and_an_exception_is_listed(self):
        assignment = self._start_plan(
            rate_by="attainment", tier_ids=self._tiers((0, 5), (100, 10))
        )
        self._sell(10, "2026-04-03")
        self._compute()
        self.assertEqual(self._get_paid(4), 0)
        exceptions = self.env["sales.incentive.exception"].search(
            [("period_id", "=", self._period(4).id)]
        )
        self.assertEqual(exceptions.assignment_id, assignment)
        self.assertEqual(self._period(4).exception_count, 1)

    # ------------------------------------------------------------------
    # Credit
    # ------------------------------------------------------------------

    def test_a_leader_is_credited_with_teams_below_without_own_sales(self):
        self._start_plan(self.leader, credit="led", share=50)
        self._sell(10, "2026-04-03", team_id=self.team_field.id)
        self._sell(10, "2026-04-04", user=self.leader, team_id=self.team_department.id)
        self._sell(10, "2026-04-05", user=self.outsider, team_id=self.team_other.id)
        self._compute()
        self.assertEqual(self._get_entries(4), [("earning", "payable", 50)])

    def test_a_rule_counts_what_lies_within_its_scope(self):
        other = self.env["product.category"].create({"name": "Other"})
        below = self.env["product.category"].create(
            {"name": "Below", "parent_id": self.category.id}
        )
        self.service.categ_id = below
        self._start_plan(categ_id=self.category.id)
        self._sell(10, "2026-04-03", product=self.service)
        self.product.categ_id = other
        self._sell(10, "2026-04-04")
        self._compute()
        self.assertEqual(self._get_entries(4), [("earning", "payable", 100)])

    def test_only_sales_of_the_days_assigned_count(self):
        assignment = self._start_plan()
        assignment.write({"date_from": "2026-03-10", "date_to": "2026-03-20"})
        for day in ("09", "10", "20", "21"):
            self._sell(10, f"2026-03-{day}")
        self._compute()
        self.assertEqual(self._get_paid(3), 200)

    def test_a_shared_sale_earns_by_shares(self):
        self._start_plan()
        self._start_plan(self.colleague)
        order = self._sell(10, "2026-04-03")
        order.sales_credit_ids = [
            Command.create({"user_id": self.salesperson.id, "share": 70}),
            Command.create({"user_id": self.colleague.id, "share": 30}),
        ]
        self._compute()
        self.assertEqual(
            self._get_entries(4),
            [("earning", "payable", 70), ("earning", "payable", 30)],
        )

    # ------------------------------------------------------------------
    # A locked month
    # ------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_a_locked_month_never_changes_whoever_asks(self):
        self._start_plan()
        self._sell(10, "2026-01-03")
        self._lock(1)
        entry = self.entries.search([("month", "=", "2026-01-01")])
        self.assertEqual(entry.state, "locked")
        with self.assertRaises(UserError):
            entry.write({"amount": 1})
        with self.assertRaises(UserError):
            entry.unlink()
        with self.assertRaises(RestrictViolation), self.env.cr.savepoint():
            self.entries.create({"period_id": self._period(1).id, "amount": 1})
        for statement in (
            "UPDATE sales_incentive_entry SET amount = 1",
            "DELETE FROM sales_incentive_entry",
            "TRUNCATE sales_incentive_entry",
            "INSERT INTO sales_incentive_entry (period_id, amount)"
            " SELECT period_id, 1 FROM sales_incentive_entry",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    @mute_logger("odoo.sql_db")
    def test_no_entry_moves_into_a_locked_month(self):
        self._start_plan()
        self._sell(10, "2026-02-03")
        self._lock(1)
        entry = self.entries.search([("month", "=", "2026-02-01")])
        self.assertEqual(entry.state, "provisional")
        with self.assertRaises(RestrictViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE sales_incentive_entry SET period_id = %s WHERE id = %s",
                [self._period(1).id, entry.id],
            )

    def test_a_back_dated_order_is_booked_once_in_the_open_month(self):
        self._start_plan(rate_by="month", tier_ids=self._tiers((0, 5), (1000, 10)))
        self._sell(8, "2026-01-03")
        self._lock(1)
        self._sell(4, "2026-01-20")
        self._compute()
        self.assertEqual(self._get_entries(1), [("earning", "payable", 40)])
        # 200 at 5 %, 200 at 10 %
        self.assertEqual(self._get_entries(2), [("earning", "payable", 30)])
        late = self.entries.search([("month", "=", "2026-02-01")])
        self.assertEqual(late.origin, date(2026, 1, 1))
        self._compute()
        self.periods._get_following()._compute_entries()
        self.assertEqual(self._get_entries(2), [("earning", "payable", 30)])
        self._lock(2)
        self._compute()
        self.assertFalse(self._get_entries(3))

    def test_a_cancelled_order_of_a_locked_month_is_taken_back(self):
        self._start_plan()
        order = self._sell(10, "2026-01-03")
        self._lock(1)
        order._action_cancel()
        self._sell(30, "2026-02-03")
        self._compute()
        self.assertEqual(
            self._get_entries(2),
            [("clawback", "payable", -100), ("earning", "payable", 300)],
        )
        clawback = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(clawback.document_name, order.name)
        self.assertEqual(clawback.customer, "Customer North")

    def test_a_negative_rest_is_carried_on(self):
        self._start_plan()
        order = self._sell(10, "2026-01-03")
        self._lock(1)
        order._action_cancel()
        self._sell(3, "2026-03-03")
        self._compute()
        self.assertEqual(self._get_paid(2), 0)
        self.assertEqual(self._get_paid(3), 0)
        self._sell(12, "2026-03-04")
        self._compute()
        self.assertEqual(self._get_paid(3), 50)

    def test_merging_archiving_and_deleting_change_no_entry(self):
        self._start_plan()
        order = self._sell(10, "2026-01-03")
        self._sell(10, "2026-01-04", partner=self.customer_south)
        self._lock(1)
        locked = [("month", "=", "2026-01-01")]
        names = [f.name for f in self.entries._fields.values() if f.store]
        before = self.entries.search(locked).read(names, load=False)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.customer_north + self.customer_south).ids, self.customer_south
        )
        self.product.product_tmpl_id.active = False
        order._action_cancel()
        order.unlink()
        self.env.flush_all()
        self._compute()
        self.env.invalidate_all()
        self.assertEqual(self.entries.search(locked).read(names, load=False), before)
        # The order that is gone was taken back, and still has its name.
        clawback = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(clawback.amount, -100)
        self.assertEqual(clawback.document_name, before[0]["document_name"])
        self.assertFalse(clawback.document)

    def test_a_product_that_moves_stays_with_whom_it_has_paid(self):
        self._start_plan(categ_id=self.category.id)
        self._sell(10, "2026-01-03")
        self._lock(1)
        self.product.categ_id = self.env["product.category"].create({"name": "New"})
        self._compute()
        self.assertEqual(self.entries.search([]).mapped("amount"), [100])

    def test_a_corrected_salesperson_moves_what_was_earned(self):
        mine = self._start_plan()
        other = self._start_plan(self.colleague)
        order = self._sell(10, "2026-01-03")
        self._lock(1)
        order.user_id = self.colleague
        self._compute()
        self.assertEqual(self._get_entries(2, mine)[0], ("clawback", "payable", -100))
        self.assertEqual(self._get_entries(2, other), [("earning", "payable", 100)])

    def test_an_order_that_moves_to_an_open_month_earns_there(self):
        self._start_plan()
        order = self._sell(10, "2026-01-03")
        self._lock(1)
        order.date_order = "2026-03-03 12:00:00"
        self._compute()
        self.assertEqual(self._get_entries(2)[0], ("clawback", "payable", -100))
        self.assertIn(("earning", "payable", 100), self._get_entries(3))

    def test_a_retroactive_version_is_booked_as_true_ups(self):
        assignment = self._start_plan(rate=5)
        self._sell(1000, "2026-01-03")
        self._sell(800, "2026-02-03")
        self._lock(1, 2)
        self._put_into_effect(assignment.plan_id, date(2026, 1, 1), rate=6)
        self._compute()
        expected = [("true_up", "payable", 1000), ("true_up", "payable", 800)]
        self.assertEqual(self._get_entries(1), [("earning", "payable", 5000)])
        self.assertEqual(self._get_entries(3), expected)
        self.periods._get_following()._compute_entries()
        self.assertEqual(self._get_entries(3), expected)
        self._lock(3)
        self._compute()
        self.assertFalse(self._get_entries(4))

    def test_a_correction_after_a_retroactive_version_is_of_its_terms(self):
        """The true-up that a locked month has booked counts as booked."""
        assignment = self._start_plan(rate=5)
        order = self._sell(1000, "2026-01-03")
        self._lock(1)
        self._put_into_effect(assignment.plan_id, date(2026, 1, 1), rate=6)
        self._lock(2)
        self.assertEqual(self._get_entries(2), [("true_up", "payable", 1000)])
        order.order_line.product_uom_qty = 900
        self._compute()
        self.assertEqual(self._get_entries(3)[0], ("clawback", "payable", -600))
        order._action_cancel()
        self._compute()
        self.assertEqual(self._get_entries(3)[0], ("clawback", "payable", -6000))

    def test_terms_approved_between_approval_and_lock_are_booked_later(self):
        """From its first approval on a month does not follow what comes after."""
        with freeze_time("2026-04-10 12:00:00"):
            assignment = self._start_plan(rate=5)
            self._sell(1000, "2026-01-03")
            self._compute()
            january = self._period(1)
            january.with_user(self.officer).action_publish()
            self.env.invalidate_all()
            january.with_user(self.director).action_approve()
            self._set_created(assignment, "2026-04-09 12:00:00")
        with freeze_time("2026-04-11 12:00:00"):
            self._put_into_effect(assignment.plan_id, date(2026, 1, 1), rate=6)
            late = self._assign_late(assignment, "2026-04-11 12:00:00")
        with freeze_time("2026-04-12 12:00:00"):
            january.with_user(self.finance).action_lock()
        self.env.invalidate_all()
        self._compute()
        self.assertEqual(self._get_entries(1), [("earning", "payable", 5000)])
        self.assertEqual(
            self._get_entries(2, assignment), [("true_up", "payable", 1000)]
        )
        self.assertEqual(self._get_entries(2, late), [("earning", "payable", 1800)])

    def _assign_late(self, assignment, created_at):
        self._sell(300, "2026-01-04", user=self.colleague)
        late = assignment.copy({"user_id": self.colleague.id})
        self._set_created(late, created_at)
        return late

    def _set_created(self, assignment, created_at):
        """The clock of the database does not stop."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_incentive_assignment SET create_date = %s WHERE id = %s",
            (created_at, assignment.id),
        )
        self.env.invalidate_all()

    def test_rates_of_documents_are_those_of_the_whole_document(self):
        self._start_plan(
            rate_by="document",
            rate_mode="whole",
            tier_ids=self._tiers((0, 5), (1000, 10)),
        )
        order = self._sell(8, "2026-01-03")
        self._sell(2, "2026-01-04")
        self._lock(1)
        order.order_line.copy({"order_id": order.id, "product_uom_qty": 4})
        self._compute()
        # 120 instead of 40
        self.assertEqual(self._get_paid(2), 80)

    def test_what_a_repair_of_the_figures_finds_is_booked(self):
        """A rebuild does not say what it has changed."""
        self._start_plan()
        self._sell(10, "2026-01-03")
        gone = self._sell(20, "2026-01-04")
        self._lock(1)
        late = self._sell(5, "2026-01-05")
        gone._action_cancel()
        self.env.flush_all()
        self.env["sales.mart"]._rebuild()
        self._compute()
        entries = self.entries.search([("month", "=", "2026-02-01")], order="id")
        self.assertEqual(
            [
                (entry.document_name, entry.amount)
                for entry in entries
                if entry.document_name
            ],
            [(gone.name, -200), (late.name, 50)],
        )

    # ------------------------------------------------------------------
    # Returns
    # ------------------------------------------------------------------

    def test_a_credit_note_reduces_the_month_of_its_invoice(self):
        self._start_plan(metric_id=self.invoiced.id)
        order = self._sell(10, "2026-01-03")
        invoice = self._invoice(order, "2026-01-10")
        self._lock(1)
        self._credit(invoice, "2026-03-10", quantity=4)
        self._compute()
        self.assertFalse(self._get_entries(2))
        self.assertEqual(self._get_entries(3)[0], ("clawback", "payable", -40))
        clawback = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(clawback.origin, date(2026, 1, 1))
        self.assertEqual(clawback.document, invoice)

    def test_a_credit_note_of_the_same_month_reduces_its_sale(self):
        self._start_plan(metric_id=self.invoiced.id)
        invoice = self._invoice(self._sell(10, "2026-03-03"), "2026-03-10")
        self._credit(invoice, "2026-03-20", quantity=4)
        self._compute()
        self.assertEqual(self._get_entries(3), [("earning", "payable", 60)])

    def test_a_credit_note_of_its_own_is_a_negative_sale(self):
        self._start_plan(metric_id=self.invoiced.id)
        self._invoice(self._sell(10, "2026-03-03"), "2026-03-10")
        invoice = self._invoice(self._sell(4, "2026-03-03"), "2026-03-11")
        refund = self._credit(invoice, "2026-04-02")
        refund.button_draft()
        refund.reversed_entry_id = False
        refund.invoice_line_ids.sale_line_ids = [Command.clear()]
        refund.invoice_user_id = self.salesperson
        refund.action_post()
        self._compute()
        self.assertEqual(self._get_paid(3), 140)
        self.assertIn(("earning", "payable", -40), self._get_entries(4))

    def test_returns_count_for_some_days(self):
        self._start_plan(metric_id=self.invoiced.id, terms={"return_days": 30})
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        late = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._credit(invoice, "2026-02-09")
        self._credit(late, "2026-02-10")
        self._compute()
        self.assertEqual(self._get_paid(1), 200)
        self.assertEqual(self._get_entries(2)[0], ("clawback", "payable", -100))

    def test_a_credit_note_that_is_withdrawn_takes_nothing_any_more(self):
        self._start_plan(metric_id=self.invoiced.id)
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._lock(1)
        refund = self._credit(invoice, "2026-02-10", quantity=4)
        self._lock(2)
        refund.button_draft()
        self._compute()
        restored = ("earning", "payable", 40)
        self.assertIn(restored, self._get_entries(3))
        refund.unlink()
        self.periods._get_following()._compute_entries()
        self.assertIn(restored, self._get_entries(3))

    def test_a_foreign_invoice_given_back_is_as_if_never_sold(self):
        self._start_plan(metric_id=self.invoiced.id)
        ordered = self._start_plan(self.colleague)
        pricelist = self._create_foreign_pricelist()
        for user in (self.salesperson, self.colleague):
            order = self._sell(10, "2026-01-03", pricelist_id=pricelist.id, user=user)
            self._credit(self._invoice(order, "2026-01-10"), "2026-02-10")
        self._compute()
        self.assertEqual([self._get_paid(month) for month in (1, 2)], [400, 0])
        taken = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(taken.mapped("amount"), [-200, -200])
        self.assertIn(ordered, taken.assignment_id)

    # ------------------------------------------------------------------
    # Payment
    # ------------------------------------------------------------------

    def test_what_is_paid_as_collected_waits_for_the_customer(self):
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._compute()
        self.assertEqual(
            self._get_entries(1),
            [
                ("earning", "payable", 100),
                ("holdback", "payable", -100),
                ("holdback", "waiting", 100),
            ],
        )
        self._lock(1)
        self._pay(invoice, 600, "2026-02-03")
        self._compute()
        self.assertEqual(
            self._get_entries(2),
            [("release", "payable", 60), ("release", "waiting", -60)],
        )
        self._lock(2)
        self._credit(invoice, "2026-03-03", quantity=4)
        self._compute()
        self.assertEqual(self._get_entries(3), [("clawback", "waiting", -40)])
        self.assertEqual(self.entries.search([]).mapped("amount").count(60), 1)

    def test_a_credit_note_linked_by_order_lines_leaves_less_to_pay(self):
        """What the customer has paid of two invoices of one order counts as paid of
        what is left of them."""
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        order = self._sell(10, "2026-01-03")
        first = self._invoice_in_part(order, 4, "2026-01-10")
        second = self._invoice_in_part(order, 6, "2026-01-11")
        self._pay(first, 200, "2026-01-20")
        self._compute()
        self.assertEqual(self._get_paid(1), 20)
        refund = self._credit(first, "2026-01-25", quantity=5)
        refund.button_draft()
        refund.reversed_entry_id = False
        refund.action_post()
        self._compute()
        # 500 less in all: 200 of the first, 300 of the second. 200 of 200 are paid.
        self.assertEqual(first.amount_total + second.amount_total, 1000)
        self.assertEqual(self._get_paid(1), 20)
        waiting = self.entries.search([("balance", "=", "waiting")])
        self.assertEqual(sum(waiting.mapped("amount")), 30)

    def _invoice_in_part(self, order, quantity, day):
        invoice = order._create_invoices()
        invoice.invoice_date = day
        invoice.invoice_line_ids.quantity = quantity
        invoice.action_post()
        return invoice

    def test_what_was_released_in_earlier_intervals_is_folded_into_sums(self):
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._lock(1)
        self._pay(invoice, 1000, "2026-02-03")
        self._lock(2, 3)
        self._compute()
        self.assertEqual([self._get_paid(month) for month in (1, 2, 3)], [0, 100, 0])
        self.assertFalse(self._get_entries(4))

    def test_what_is_unpaid_is_taken_back_in_later_intervals(self):
        self._start_plan(metric_id=self.invoiced.id, unpaid_days=30)
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        invoice.invoice_date_due = "2026-01-10"
        self._lock(1)
        # No change of the document asks for it.
        self.env.cr.execute("DELETE FROM sales_incentive_change")
        self.assertEqual(self._get_paid(1), 100)
        self.periods._get_following()._compute_entries()
        self.assertCountEqual(
            self._get_entries(2),
            [
                ("holdback", "payable", -100),
                ("holdback", "waiting", 100),
                ("carried", "payable", 100),
                ("carried", "owed", -100),
            ],
        )

    def _create_foreign_pricelist(self):
        currency = self.env["res.currency"].create({"name": "TST", "symbol": "T"})
        for day, rate in (("2026-01-01", 0.5), ("2026-02-01", 0.8)):
            self.env["res.currency.rate"].create(
                {"currency_id": currency.id, "name": day, "rate": rate}
            )
        return self.env["product.pricelist"].create(
            {"name": "TST", "currency_id": currency.id}
        )

    def test_losses_of_exchange_do_not_keep_pay_waiting(self):
        pricelist = self._create_foreign_pricelist()
        self._start_plan(metric_id=self.invoiced.id, paid="collected")
        order = self._sell(10, "2026-01-03", pricelist_id=pricelist.id)
        invoice = self._invoice(order, "2026-01-10")
        self.assertEqual(invoice.amount_untaxed_signed, 2000)
        self._lock(1)
        self._pay(invoice, 1000, "2026-02-10")
        self._compute()
        self.assertEqual(self._get_paid(2), 200)

    def test_corrections_of_people_who_have_left_are_booked(self):
        assignment = self._start_plan(metric_id=self.invoiced.id)
        assignment.date_to = "2026-01-31"
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._lock(1)
        self._credit(invoice, "2026-02-10", quantity=4)
        self._compute()
        self.assertEqual(self._get_entries(2)[0], ("clawback", "payable", -40))
        self.periods._get_following()._compute_entries()
        self.assertEqual(self._get_entries(2)[0], ("clawback", "payable", -40))

    def test_collections_without_taxes_add_up_to_the_invoice(self):
        net = self.env.ref("sales_efficiency_incentive.sales_metric_collected_net")
        self._start_plan(metric_id=net.id, rate=20)
        tax = self.env["account.tax"].create(
            {"name": "15 %", "amount": 15, "company_id": self.company.id}
        )
        order = self._sell(10, "2026-01-03")
        order.order_line.tax_ids = tax
        invoice = self._invoice(order, "2026-01-10")
        self.assertEqual(invoice.amount_total, 1150)
        for month, amount in ((1, 383.33), (2, 383.33), (3, 383.34)):
            self._pay(invoice, amount, f"2026-{month:02}-20")
        self._compute()
        facts = self.env["sales.fact"].search(
            [("source", "=", "payment"), ("res_id", "=", invoice.id)], order="date"
        )
        self.assertEqual(facts.mapped("net_amount"), [333.33, 333.33, 333.34])
        earned = [self._get_paid(month) for month in (1, 2, 3)]
        self.assertEqual(earned, [66.67, 66.67, 66.67])

    def test_what_a_credit_note_offsets_is_not_collected(self):
        net = self.env.ref("sales_efficiency_incentive.sales_metric_collected_net")
        self._start_plan(metric_id=net.id, rate=20)
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        refund = self._credit(invoice, "2026-01-20")
        receivable = (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        receivable.filtered(lambda line: not line.reconciled).reconcile()
        self._compute()
        self.assertEqual(self._get_paid(1), 0)
