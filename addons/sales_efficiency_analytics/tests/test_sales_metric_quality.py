# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .quality_common import QualityCommon

OCTOBER = Period.month(date(2026, 10, 1))
NOVEMBER = Period.month(date(2026, 11, 1))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesMetricQuality(QualityCommon):
    """The score is checked without issue ÷ checked, per source and month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scores.search([]).unlink()
        cls.rule = cls._create_rule()
        cls.customer_north.phone = "+886 2 2469 4407"
        cls._check()
        cls.whole = Scope(cls.company.id)

    def _ask(self, scope=None, period=OCTOBER, name="data_quality"):
        scope = scope or self.whole
        values = self.env["sales.metric"].ask([name], [scope], [period])
        return values.get((name, scope, period))

    def test_one_of_three_is_in_order(self):
        self.assertAlmostEqual(self._ask(), 100 / 3, 2)

    def test_several_rules_add_up(self):
        self._create_rule(name="Names", field_name="name")
        self._check()
        self.assertAlmostEqual(self._ask(), 400 / 6, 2)

    def test_accepted_issues_are_in_order(self):
        issue = self.issues.search([("res_id", "=", self.customer_south.id)], limit=1)
        issue.note = "So it is"
        issue.action_accept()
        self._check()
        self.assertAlmostEqual(self._ask(), 200 / 3, 2)

    def test_each_source_has_its_own(self):
        self.assertAlmostEqual(self._ask(name="data_quality_customer"), 100 / 3, 2)
        self.assertIsNone(self._ask(name="data_quality_order"))

    def test_each_month_keeps_its_last_check(self):
        with freeze_time("2026-11-20 12:00:00"):
            self.customer_south.phone = "+886 2 2469 4408"
            self._check()
            self._check()
        self.assertAlmostEqual(self._ask(), 100 / 3, 2)
        self.assertAlmostEqual(self._ask(period=NOVEMBER), 200 / 3, 2)
        self.assertIsNone(self._ask(period=Period.month(date(2026, 12, 1))))
        scores = self.scores.search([("rule_id", "=", self.rule.id)])
        self.assertEqual(sum(scores.mapped("checked")), 6)

    def test_salespeople_and_teams_have_theirs(self):
        for scope, score in (
            (Scope(self.company.id, user_id=self.salesperson.id), 100),
            (Scope(self.company.id, user_id=self.outsider.id), 0),
            (Scope(self.company.id, team_id=self.team_field.id), 100),
            (Scope(self.company.id, region_id=self.region_world.id), None),
        ):
            with self.subTest(scope):
                self.assertEqual(self._ask(scope), score)

    def test_shared_customers_count_in_each_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        users = self.salesperson | self.outsider
        users.company_ids += other
        self._check()
        self.assertEqual(self._ask(Scope(other.id)), 50)
        self.assertAlmostEqual(self._ask(), 100 / 3, 2)

    def test_groups_divide_sums(self):
        [[score]] = self.scores._read_group(
            [("rule_id", "=", self.rule.id)], aggregates=["score:avg"]
        )
        self.assertAlmostEqual(score, 100 / 3, 2)
        south = self.scores.search([("user_id", "=", self.outsider.id)])
        self.assertEqual((south.checked, south.issues, south.score), (1, 1, 0))

    def test_scores_are_read_as_issues_are(self):
        for user, count in (
            (self.salesperson, 1),
            (self.colleague, 0),
            (self.leader, 1),
            (self.director, 3),
        ):
            with self.subTest(user.name):
                scores = self.scores.with_user(user)
                self.assertEqual(
                    scores.search_count([("rule_id", "=", self.rule.id)]), count
                )
