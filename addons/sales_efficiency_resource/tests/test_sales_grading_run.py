# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesGradingRun(GradingCommon):
    """Preview, confirmation and history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers()
        cls.grading = cls._create_grading(window_months=24)
        cls.first = cls.customers[0]

    def _get_history(self, customer):
        periods = self.env["sales.customer.grade"].search(
            [("partner_id", "=", customer.id)], order="date_from"
        )
        return [(p.date_from, p.date_to, p.grade_id.name) for p in periods]

    # Preview and confirmation

    def test_a_preview_changes_nothing(self):
        self._create_sales(self.customers)
        run = self._compute(self.grading)
        self.assertEqual(run.state, "preview")
        self.assertEqual((run.customer_count, run.new_count), (10, 10))
        self.assertEqual(self._get_history(self.first), [])
        self.assertFalse(self.first.sales_grade_id)

    def test_confirming_puts_the_grades_into_force(self):
        self._create_sales(self.customers)
        run = self._compute(self.grading)
        run.with_user(self.director).action_confirm()
        self.assertEqual(run.state, "confirmed")
        self.assertEqual(run.confirmed_by_id, self.director)
        self.assertEqual(self.first.sales_grade_id, self.grade_a)
        self.assertEqual(
            self._get_history(self.first), [(date(2026, 10, 15), False, "A")]
        )
        with self.assertRaisesRegex(UserError, "no longer Preview"):
            run.action_confirm()

    def test_a_preview_waits_in_the_cockpit_of_directors(self):
        def wait_for(user):
            cockpit = self.env["sales.cockpit"].with_user(user)
            panel = cockpit.get_data()["panels"].get("approvals", {"rows": []})
            return [(row["model"], row["id"]) for row in panel["rows"]]

        self._create_sales(self.customers)
        run = self._compute(self.grading)
        self.assertIn((run._name, run.id), wait_for(self.director))
        self.assertNotIn((run._name, run.id), wait_for(self.leader))
        run.with_user(self.director).action_confirm()
        self.assertNotIn((run._name, run.id), wait_for(self.director))

    def test_the_matrix_counts_who_moves(self):
        self._create_sales(self.customers)
        self._confirm(self.grading, self.today - timedelta(days=1))
        before = self._get_names(self.grading.run_ids)
        self._create_sales(self.customers[-1:], (0,), (9,), (9000,))
        run = self._compute(self.grading)
        self.assertEqual((run.up_count, run.new_count), (1, 0))
        matrix = run.matrix
        self.assertEqual([c["name"] for c in matrix["columns"]], list("ABCD"))
        self.assertEqual([r["name"] for r in matrix["rows"]], [*"ABCD", "New"])
        self.assertEqual(matrix["rows"][3]["cells"][0], 1)
        self.assertEqual(sum(sum(row["cells"]) for row in matrix["rows"]), 10)
        self.assertEqual(before[self.customers[-1]], "D")
        moves = self.env["sales.grading.result"].search(
            run.action_open_moves()["domain"]
        )
        self.assertIn(self.customers[-1], moves.partner_id)

    def test_grades_of_past_days_can_be_asked(self):
        self._create_sales(self.customers)
        day = self.today - timedelta(days=30)
        self._give(self.first, self.grade_c, 45, day)
        self._confirm(self.grading)
        ask = self.env["sales.customer.grade"]._get_grades
        for asked, grade in (
            (day - timedelta(days=1), self.env["sales.grade"]),
            (day, self.grade_c),
            (self.today - timedelta(days=1), self.grade_c),
            (self.today, self.grade_a),
        ):
            self.assertEqual(ask(self.first, asked)[self.first], grade)
        self.assertEqual(
            self._get_history(self.first),
            [(day, self.today - timedelta(days=1), "C"), (self.today, False, "A")],
        )

    def test_who_stays_keeps_the_period_and_gets_the_new_score(self):
        self._create_sales(self.customers)
        self._confirm(self.grading, self.today - timedelta(days=1))
        self._confirm(self.grading)
        self.assertEqual(len(self._get_history(self.first)), 1)
        period = self.env["sales.customer.grade"].search(
            [("partner_id", "=", self.first.id)]
        )
        self.assertEqual(period.run_id, self.grading.run_ids.sorted("date")[-1])

    @mute_logger("odoo.sql_db")
    def test_periods_never_overlap(self):
        self._give(self.first, self.grade_a, 90, self.today)
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._give(self.first, self.grade_b, 70, self.today + timedelta(days=5))
            self.env.flush_all()

    def test_a_refund_gives_new_figures_when_run_again(self):
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        self.grading.criterion_ids = [
            Command.clear(),
            Command.create({"kind": "metric", "metric_id": invoiced.id, "weight": 100}),
        ]
        invoices = self.env["account.move"]
        for customer, price in zip(self.customers[:2], (100, 200), strict=True):
            order = self._sell(1, "2026-10-01", partner=customer, price=price)
            invoices |= order._create_invoices()
        invoices.invoice_date = "2026-10-01"
        invoices.action_post()
        self.env["sales.mart"]._refresh()
        run = self._confirm(self.grading)
        scores = self._get_scores(run)
        self.assertEqual([scores[c] for c in self.customers[:2]], [0, 50])
        reversal = invoices[1]._reverse_moves(
            [{"invoice_date": "2026-10-14", "date": "2026-10-14"}]
        )
        reversal.action_post()
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._get_scores(run), scores)
        with freeze_time("2026-10-15 13:00:00"):
            again = self._confirm(self.grading)
        scores = self._get_scores(again)
        self.assertEqual([scores[c] for c in self.customers[:2]], [50, 0])
        self.assertGreater(again.computed_at, run.computed_at)
        # It is the same day: the grade is rewritten.
        self.assertEqual(
            self._get_history(self.customers[1]), [(self.today, False, "D")]
        )

    def test_who_has_never_ordered_after_all_is_a_prospect_again(self):
        order = self._sell(1, "2026-10-01", partner=self.first)
        self._create_sales(self.customers[1:2], (1,), (1,), (1,))
        self._confirm(self.grading, self.today - timedelta(days=5))
        order._action_cancel()
        self.env["sales.mart"]._refresh()
        run = self._confirm(self.grading)
        self.assertNotIn(self.first, run.result_ids.partner_id)
        self.assertFalse(self.first.sales_grade_id)
        [(_start, end, _name)] = self._get_history(self.first)
        self.assertEqual(end, self.today - timedelta(days=1))

    def test_prospects_are_not_graded(self):
        self._create_sales(self.customers[:3], (1, 2, 3), (1, 1, 1), (1, 2, 3))
        self._create_order(partner=self.customers[5])
        self.env["sales.mart"]._refresh()
        run = self._compute(self.grading)
        self.assertEqual(set(run.result_ids.partner_id), set(self.customers[:3]))

    # Who is graded by what

    def test_a_class_with_its_own_grading_is_left_to_it(self):
        key = self.env["sales.customer.class"].create({"name": "Key"})
        self.customers[:4].with_company(self.company).sales_class_id = key
        self._create_sales(self.customers)
        own = self._create_grading(class_id=key.id, window_months=24)
        self.assertEqual(
            set(self._compute(own).result_ids.partner_id), set(self.customers[:4])
        )
        self.assertEqual(
            set(self._compute(self.grading).result_ids.partner_id),
            set(self.customers[4:]),
        )

    def test_two_companies_grade_a_customer_apart_in_their_currencies(self):
        other = self.env["res.company"].create(
            {"name": "Company B", "currency_id": self.env.ref("base.JPY").id}
        )
        other.sales_tz = "UTC"
        self._create_grades(other)
        self._create_sales(self.customers)
        self.env["sales.history.line"].create(
            [
                {
                    "date": self.today,
                    "recorded_as": "order",
                    "amount": amount,
                    "company_id": other.id,
                    "partner_id": customer.id,
                }
                for customer, amount in ((self.customers[9], 90), (self.first, 10))
            ]
        )
        self.env["sales.mart"]._refresh()
        grading = self._create_grading(other, weights={"amount": 100})
        run = self._confirm(grading)
        self._confirm(self.grading)
        last = self.customers[9]
        self.assertEqual(last.with_company(self.company).sales_grade_id.name, "D")
        self.assertEqual(last.with_company(other).sales_grade_id.company_id, other)
        self.assertEqual(self._get_scores(run), {last: 50, self.first: 0})
        score = run.result_ids.score_ids.filtered(lambda s: s.partner_id == last)
        self.assertIn("¥", score.value_text)

    def test_a_foreign_currency_counts_in_that_of_the_company(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": "2026-10-01",
                "rate": 0.5,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self._sell(1, "2026-10-10", partner=self.first, pricelist_id=pricelist.id)
        self._sell(1, "2026-10-10", partner=self.customers[1], price=150)
        self.env["sales.mart"]._refresh()
        run = self._compute(self._create_grading_by_amount())
        results = {r.partner_id: r for r in run.result_ids}
        self.assertEqual(results[self.first].amount, 200)
        self.assertEqual(results[self.first].score, 50)

    def _create_grading_by_amount(self):
        self.grading.active = False
        self.env.flush_all()
        return self._create_grading(weights={"amount": 100})

    def test_a_fiscal_year_from_april_leaves_the_window_alone(self):
        """The window is counted in months back from the day of the run."""
        self.company.write({"fiscalyear_last_month": "3", "fiscalyear_last_day": 31})
        grading = self._create_grading_by_amount()
        self._create_sales(self.customers[:1], (360,), (1,), (70,))
        run = self._compute(grading)
        self.assertEqual(run.date_from, date(2025, 10, 16))
        self.assertEqual(run.result_ids.amount, 70)

    # Months

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_grading"
            ).method_direct_trigger()

    def test_the_run_of_the_month_is_prepared_once(self):
        self._create_sales(self.customers)
        self._run_cron()
        self._run_cron()
        run = self.grading.run_ids
        self.assertEqual(len(run), 1)
        self.assertEqual((run.state, run.month), ("preview", date(2026, 10, 1)))
        self.assertEqual(len(run.activity_ids), 1)
        run.action_confirm()
        self.assertFalse(run.activity_ids)
        self._run_cron()
        self.assertEqual(len(self.grading.run_ids), 1)
        with freeze_time("2026-11-01 12:00:00"):
            self._run_cron()
        self.assertEqual(len(self.grading.run_ids), 2)

    def test_a_run_without_preview_is_in_force_at_once(self):
        self.grading.is_confirmed_alone = True
        self._create_sales(self.customers)
        self._run_cron()
        self.assertEqual(self.grading.run_ids.state, "confirmed")
        self.assertEqual(self.first.sales_grade_id, self.grade_a)

    def test_the_cron_takes_over_the_open_run(self):
        self._create_sales(self.customers)
        run = self._compute(self.grading, self.today - timedelta(days=2))
        self._run_cron()
        self.assertEqual(self.grading.run_ids, run)
        self.assertEqual(run.date, self.today)

    # Bad input

    def test_weights_other_than_100_are_refused(self):
        save = self.env.cr.savepoint
        with self.assertRaisesRegex(ValidationError, "90.00"), save():
            self._create_grading(
                class_id=self.env["sales.customer.class"].create({"name": "Key"}).id,
                weights={"recency": 30, "amount": 60},
            )
        with self.assertRaisesRegex(ValidationError, "100.01"), save():
            self.grading.criterion_ids = [
                Command.update(self.grading.criterion_ids[0].id, {"weight": 30.01})
            ]
        self.grading.criterion_ids[0].weight = 40
        with self.assertRaisesRegex(ValidationError, "110.00"):
            self.env.cr.precommit.run()

    def test_weights_are_checked_once_all_are_changed(self):
        with Form(self.grading) as form:
            for number, weight in enumerate((50, 25, 25)):
                with form.criterion_ids.edit(number) as line:
                    line.weight = weight
        self.assertEqual(self.grading.weight_total, 100)

    @mute_logger("odoo.sql_db")
    def test_no_two_gradings_for_the_same_customers(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_grading()

    @mute_logger("odoo.sql_db")
    def test_equal_thresholds_and_those_out_of_order_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "A comes before B"):
            self.grade_a.threshold = 59
        with self.assertRaisesRegex(ValidationError, "not above"):
            self.grade_b.threshold = 80
            self.env.flush_all()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["sales.grade"].create(
                {"name": "A too", "threshold": 80, "sequence": 0}
            )
            self.env.flush_all()

    def test_a_grade_that_customers_had_is_kept(self):
        self._create_sales(self.customers)
        self._confirm(self.grading)
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.grade_a.unlink()
        with self.assertRaisesRegex(UserError, "archive it instead"):
            self.grading.unlink()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self.grading.run_ids.unlink()

    def test_nobody_is_graded_in_the_future_or_before_a_later_run(self):
        self._create_sales(self.customers)
        with (
            self.assertRaisesRegex(UserError, "today or as of a day in the past"),
            self.env.cr.savepoint(),
        ):
            self._compute(self.grading, self.today + timedelta(days=1))
        self._confirm(self.grading)
        run = self._compute(self.grading, self.today - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "already"):
            run.action_confirm()

    def test_a_company_without_grades_is_told_so(self):
        self.grades.active = False
        with self.assertRaisesRegex(UserError, "no customer grades yet"):
            self._compute(self.grading)

    def test_the_first_grading_of_a_company_brings_the_usual_grades(self):
        other = self.env["res.company"].create({"name": "Company B"})
        grading = self.env["sales.grading"].with_company(other).create({"name": "All"})
        grades = self.env["sales.grade"]._find_grades(other)
        self.assertEqual(grades.mapped("threshold"), [80, 60, 40, 0])
        self.assertEqual(grading.criterion_ids.mapped("weight"), [30, 30, 40])

    def test_a_later_change_of_the_grading_leaves_reasons_alone(self):
        self._create_sales(self.customers)
        run = self._confirm(self.grading)
        points = sum(run.result_ids.score_ids.mapped("points"))
        self.grading.criterion_ids = [
            Command.clear(),
            Command.create({"kind": "amount", "weight": 100, "bins": 2}),
        ]
        self.env.invalidate_all()
        self.assertEqual(sum(run.result_ids.score_ids.mapped("points")), points)

    def test_nobody_writes_a_grade_by_hand(self):
        partners = self.env["res.partner"].with_user(self.director)
        with self.assertRaisesRegex(AccessError, "graded by a run"):
            self.first.with_user(self.director).sales_grade_id = self.grade_a
        with self.assertRaisesRegex(AccessError, "graded by a run"):
            partners.create({"name": "Forged", "sales_grade_id": self.grade_a.id})
        partner = partners.with_context(default_sales_grade_id=self.grade_a.id).create(
            {"name": "Forged"}
        )
        self.assertFalse(partner.sales_grade_id)
        with self.assertRaises(AccessError):
            self.env["sales.grading.run"].with_user(self.director).create(
                {"grading_id": self.grading.id, "state": "confirmed"}
            )

    # Others

    def test_metrics_count_customers_by_grade(self):
        self._create_sales(self.customers)
        self._confirm(self.grading, date(2026, 9, 20))
        metrics = self.env["sales.metric"]
        scopes = [
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.outsider.id),
        ]
        months = [Period.month(date(2026, month, 1)) for month in (8, 9, 10, 11)]
        ranks = ["second_customers", "third_customers", "fourth_customers"]
        names = ["graded_customers", "best_customers", "best_customers_share", *ranks]
        values = metrics.ask(names, scopes, months)
        # Those whose only order is later are not graded yet.
        names = sorted(self._get_names(self.grading.run_ids).values())
        self.assertEqual("".join(names), "ABDDDDD")
        for name, expected in (
            ("graded_customers", [0, 7, 7, None]),
            ("best_customers", [0, 1, 1, None]),
            ("second_customers", [0, 1, 1, None]),
            ("third_customers", [0, 0, 0, None]),
            ("fourth_customers", [0, 5, 5, None]),
            ("best_customers_share", [None, 14.2857, 14.2857, None]),
        ):
            self.assertEqual([values[name, scopes[0], m] for m in months], expected)
        self.assertEqual(values["graded_customers", scopes[1], months[1]], 0)

    def test_a_merged_customer_keeps_one_grade_a_day_and_nothing_is_lost(self):
        day = date(2026, 1, 1)
        south, north = self.customers[:2]
        for customer, grade, start, end in (
            (south, self.grade_a, day, date(2026, 3, 31)),
            (south, self.grade_b, date(2026, 4, 1), None),
            (north, self.grade_c, date(2026, 3, 1), date(2026, 5, 31)),
        ):
            self._give(customer, grade, 50, start, date_to=end)
        self.env["sales.customer.grade"]._merge_partners(south.ids, north)
        self.env.flush_all()
        with mute_logger("odoo.addons.base.partner.merge"):
            self.env["base.partner.merge.automatic.wizard"].create(
                {
                    "partner_ids": [Command.set((south | north).ids)],
                    "dst_partner_id": north.id,
                }
            ).action_merge()
        self.env.invalidate_all()
        self.assertEqual(
            self._get_history(north),
            [
                (day, date(2026, 2, 28), "A"),
                (date(2026, 3, 1), date(2026, 5, 31), "C"),
                (date(2026, 6, 1), False, "B"),
            ],
        )
        kept = self.env["sales.customer.grade"].search(
            [("partner_id", "=", north.id), ("active", "=", False)]
        )
        self.assertEqual(kept.grade_id, self.grade_a | self.grade_b)
        self.assertEqual(north.sales_grade_id, self.grade_b)

    def test_merging_between_preview_and_confirmation_needs_a_new_preview(self):
        self._create_sales(self.customers)
        before = self._confirm(self.grading, self.today - timedelta(days=1))
        run = self._compute(self.grading)
        south, north = self.customers[:2]
        with mute_logger("odoo.addons.base.partner.merge"):
            self.env["base.partner.merge.automatic.wizard"].create(
                {
                    "partner_ids": [Command.set((south | north).ids)],
                    "dst_partner_id": north.id,
                }
            ).action_merge()
        self.env.invalidate_all()
        self.assertEqual((run.state, before.state), ("draft", "confirmed"))
        for of_run in (run, before):
            self.assertEqual(len(of_run.result_ids), 9)
            self.assertEqual(len(of_run.result_ids.partner_id), 9)
        with self.assertRaises(UserError):
            run.action_confirm()
        self.env["sales.mart"]._refresh()
        run.action_compute()
        run.action_confirm()
        self.assertEqual(len(self._get_history(north)), 1)

    def test_the_job_leaves_a_preview_of_somebody_alone(self):
        self._create_sales(self.customers)
        day = self.today - timedelta(days=40)
        run = self._compute(self.grading, day)
        for _night in range(2):
            self._run_cron()
            self.assertEqual((run.date, run.month), (day, False))
            self.assertEqual(len(run.activity_ids), 1, "Directors are told.")
        run.action_confirm()
        self._run_cron()
        self.assertEqual(len(self.grading.run_ids), 2)

    def test_a_prospect_of_an_archived_grading_loses_the_grade(self):
        self._create_sales(self.customers)
        class_ = self.env["sales.customer.class"].create({"name": "Dealers"})
        self.first.sales_class_id = class_
        special = self._create_grading(class_id=class_.id, window_months=24)
        self._confirm(special, self.today - timedelta(days=1))
        self.assertTrue(self.first.sales_grade_id)
        special.active = False
        self.env["sales.history.line"].search(
            [("partner_id", "=", self.first.id)]
        ).unlink()
        self.env["sales.mart"]._refresh()
        self._confirm(self.grading)
        self.assertFalse(self.first.sales_grade_id)

    def test_archived_customers_are_graded_no_more(self):
        """They would be in the worst bins, and lift all others."""
        self._create_sales(self.customers)
        self._confirm(self.grading, self.today - timedelta(days=1))
        self.first.active = False
        run = self._confirm(self.grading)
        self.assertNotIn(self.first, run.result_ids.partner_id)
        self.assertFalse(self.first.sales_grade_id)
        [(_start, end, _grade)] = self._get_history(self.first)
        self.assertEqual(end, self.today - timedelta(days=1))

    def test_someone_who_sells_may_merge_graded_customers(self):
        self._create_sales(self.customers)
        self._confirm(self.grading)
        south, north = self.customers[:2]
        self.director.group_ids += self.env.ref("base.group_partner_manager")
        self.env["sales.customer.grade"]._merge_partners(south.ids, north)
        with mute_logger("odoo.addons.base.partner.merge"):
            self.env["base.partner.merge.automatic.wizard"].with_user(
                self.director
            ).create(
                {
                    "partner_ids": [Command.set((south | north).ids)],
                    "dst_partner_id": north.id,
                }
            ).action_merge()
        self.assertFalse(south.exists())
        self.assertEqual(self._get_history(north), [(self.today, False, "A")])
