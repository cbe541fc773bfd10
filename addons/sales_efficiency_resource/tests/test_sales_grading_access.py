# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesGradingAccess(GradingCommon):
    """Salespeople see their customers, leaders those of the team, directors all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(4)
        cls.foreign = cls._create_customers(3, cls.outsider)
        everybody = cls.customers | cls.foreign
        numbers = range(1, 8)
        cls._create_sales(everybody, numbers, [1] * 7, numbers)
        cls.grading = cls._create_grading()
        cls.confirmed = cls._confirm(cls.grading)

    def _count(self, user):
        """:return: customers seen in each model, which must all be the same"""
        self.env.invalidate_all()
        counts = {
            len(self.env[name].with_user(user).search([]).partner_id)
            for name in (
                "sales.grading.result",
                "sales.customer.score",
                "sales.customer.grade",
            )
        }
        self.assertEqual(len(counts), 1)
        return counts.pop()

    def test_everybody_sees_their_customers(self):
        self.assertEqual(self._count(self.salesperson), 4)
        self.assertEqual(self._count(self.outsider), 3)
        self.assertEqual(self._count(self.leader), 4)
        self.assertEqual(self._count(self.director), 7)

    def test_whoever_moves_team_takes_their_customers_along(self):
        member = self.team_field.crm_team_member_ids.filtered(
            lambda m: m.user_id == self.salesperson
        )
        member.crm_team_id = self.team_other
        self.assertEqual(self._count(self.leader), 0)
        self.assertEqual(self._count(self.salesperson), 4)

    def test_a_customer_who_changes_owner_is_seen_by_the_new_one(self):
        self.customers[0].user_id = self.outsider
        self.assertEqual(self._count(self.salesperson), 3)
        self.assertEqual(self._count(self.outsider), 4)

    def test_a_preview_is_for_directors(self):
        run = self._compute(self.grading)
        with self.assertRaises(AccessError):
            run.with_user(self.leader).read(["state"])
        self.assertEqual(self._count(self.director), 7)
        self.assertFalse(
            self.env["sales.grading.result"]
            .with_user(self.salesperson)
            .search([("run_id", "=", run.id)])
        )

    def test_the_matrix_counts_what_one_may_see(self):
        for user, count in ((self.leader, 4), (self.director, 7)):
            self.env.invalidate_all()
            self.assertEqual(self.confirmed.with_user(user).customer_count, count)

    def test_amounts_and_reasons_of_others_stay_hidden(self):
        own, foreign = self.customers[0], self.foreign[0]
        self.assertTrue(own.with_user(self.salesperson).sales_grade_reason)
        self.assertTrue(own.with_user(self.salesperson).sales_score_ids)
        self.env.invalidate_all()
        self.assertFalse(foreign.with_user(self.salesperson).sales_grade_reason)
        self.assertFalse(foreign.with_user(self.salesperson).sales_score_ids)

    def test_cards_show_the_amounts_that_one_may_see(self):
        self._sell(1, "2026-10-10", partner=self.customers[0], user=self.outsider)
        self._sell(1, "2026-10-11", partner=self.customers[0], price=30)
        self.env["sales.mart"]._refresh()
        period = self.env["sales.customer.grade"].search(
            [("partner_id", "=", self.customers[0].id)]
        )
        seen = period.with_user(self.salesperson)
        # Past sales without a salesperson are of nobody.
        self.assertEqual(seen.amount, 30)
        self.env.invalidate_all()
        self.assertEqual(period.with_user(self.director).amount, 131)
        self.assertEqual(str(seen.last_order), "2026-10-11")

    def test_results_tell_no_amounts_of_others(self):
        own = self.customers[0]
        self._sell(1, "2026-10-10", partner=own, user=self.outsider)
        self._sell(1, "2026-10-11", partner=self.customer_north, price=30)
        self.env["sales.mart"]._refresh()
        self.customer_north.user_id = self.salesperson
        run = self._confirm(self.grading)
        for user in (self.salesperson, self.leader):
            results = run.result_ids.filtered(
                lambda result: result.partner_id in self.customers
            ).with_user(user)
            for record, name in (
                (results, "amount"),
                (results, "parts"),
                (results.score_ids, "value"),
            ):
                with self.assertRaises(AccessError):
                    record.read([name])
                with self.assertRaises(AccessError):
                    record.search([(name, "!=", False)])
        self.env.invalidate_all()
        self.assertEqual(self._get_texts(own, self.salesperson)["amount"], False)
        self.assertTrue(self._get_texts(own, self.salesperson)["recency"])
        self.assertTrue(self._get_texts(own, self.director)["amount"])
        texts = self._get_texts(self.customer_north, self.salesperson)
        self.assertIn("30", texts["amount"], "It bought from the salesperson alone.")

    def _get_texts(self, customer, user):
        scores = customer.with_user(user).sales_score_ids
        return {score.criterion_id.kind: score.value_text for score in scores}

    def test_accountants_see_no_grades(self):
        accountant = self._create_user("salesperson", login="books")
        accountant.group_ids = self.env.ref("account.group_account_user")
        partner = self.customers[0].with_user(accountant)
        for name in ("sales_grade_id", "sales_grade_reason", "sales_score_ids"):
            with self.assertRaises(AccessError):
                partner.read([name])

    def test_a_salesperson_overrides_own_customers_only(self):
        with self.assertRaises(AccessError):
            self._create_override(self.foreign[0], self.grade_a)
        self._create_override(self.customers[0], self.grade_d)

    def test_only_directors_grade(self):
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                self.grading.with_user(user).action_run()
            with self.assertRaises(AccessError):
                self.confirmed.with_user(user).action_confirm()
