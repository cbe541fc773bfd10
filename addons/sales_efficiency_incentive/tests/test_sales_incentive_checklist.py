# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveChecklist(IncentiveLedgerCommon):
    """What has to be looked at before a month is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assignment = cls._start_plan()
        for month in (1, 2, 3):
            cls._sell(10, f"2026-0{month}-03")
        cls._compute()
        cls.march = cls._period(3)

    def _read(self, user=None):
        self.env.invalidate_all()
        lines = self.march.with_user(user or self.officer).checklist
        return {line["code"]: line for line in lines}

    def _count(self, code, user=None):
        return self._read(user)[code]["count"]

    def _open(self, code, user=None):
        action = self.march.with_user(user or self.officer).action_open_check(code)
        records = self.env[action["res_model"]].with_user(user or self.officer)
        return records.search(action["domain"])

    def test_each_line_says_in_words_whether_it_is_done(self):
        lines = self._read()
        self.assertEqual(
            {code: (line["count"], line["text"]) for code, line in lines.items()},
            {
                "changes": (0, "Done"),
                "earlier": (2, "To do first"),
                "letters": (1, "Look at it"),
                "no_target": (0, "Done"),
                "leaver_owes": (0, "Done"),
                "no_members": (0, "Done"),
                "no_shares": (0, "Done"),
                "disputes": (0, "Done"),
                "unearned": (0, "Done"),
                "jumps": (0, "Done"),
                "late": (0, "Done"),
                "books": (0, "Done"),
            },
        )
        self.assertEqual(self._open("earlier"), self._period(1) + self._period(2))
        self.assertEqual(self._open("letters"), self._letters())

    def test_open_disputes_are_counted_until_they_are_overruled(self):
        self._lock(1, 2)
        self.march.action_publish()
        disputes = self.env["sales.incentive.dispute"]
        dispute = disputes.with_user(self.salesperson)._open_missing(
            self.assignment.with_user(self.salesperson),
            self.march.with_user(self.salesperson),
            "S1",
            "It is mine.",
        )
        self.assertEqual(self._read()["disputes"]["text"], "To do first")
        self.assertEqual(self._open("disputes"), dispute)
        dispute.sudo().is_overruled = True
        self.assertEqual(self._count("disputes"), 0)

    def test_changes_that_wait_are_counted_and_opened(self):
        self._sell(1, "2026-03-04")
        self.assertGreater(self._count("changes"), 0)
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._count("changes"), 1)
        self.assertEqual(len(self._open("changes")), 1)
        self._compute()
        self.assertEqual(self._count("changes"), 0)

    def test_locked_months_and_accepted_letters_are_done(self):
        self._lock(1, 2)
        self._letters().with_user(self.salesperson).action_accept()
        lines = self._read()
        self.assertEqual(lines["earlier"]["status"], "done")
        self.assertEqual(lines["letters"]["status"], "done")

    def test_a_person_without_a_target_is_listed(self):
        assignment = self._start_plan(
            self.outsider, rate_by="attainment", tier_ids=self._tiers((0, 5))
        )
        self._sell(1, "2026-03-04", user=self.outsider)
        self._compute()
        self.assertEqual(self._count("no_target"), 1)
        self.assertEqual(self._open("no_target").assignment_id, assignment)

    def test_sales_of_people_in_no_plan_are_earned_by_nobody(self):
        order = self._sell(3, "2026-03-04", user=self.outsider)
        self._sell(3, "2026-02-04", user=self.outsider)
        self._compute()
        self.assertEqual(self._count("unearned"), 1)
        self.assertEqual(self._open("unearned").mapped("res_id"), order.ids)
        self._start_plan(self.outsider)
        self.assertEqual(self._count("unearned"), 0)

    def test_sales_that_no_rule_asks_for_are_not_missed(self):
        channel = self.env["sales.channel"].create({"name": "Fairs"})
        self.assignment.plan_id.version_ids._set_state("draft")
        self.assignment.plan_id.version_ids.rule_ids.channel_id = channel
        self.assignment.plan_id.version_ids._set_state("approved")
        self._sell(3, "2026-03-04", user=self.outsider)
        self._compute()
        self.assertEqual(self._count("unearned"), 0)

    def test_pay_that_jumps_is_listed_by_the_percentage_of_the_company(self):
        self._sell(6, "2026-03-04")
        self._compute()
        [statement] = self._open("jumps")
        self.assertEqual(statement.assignment_id, self.assignment)
        self.assertEqual(statement.jump, 60)
        self.company.sales_incentive_jump = 60
        self.assertEqual(self._count("jumps"), 0)

    def test_who_earns_nothing_all_at_once_is_listed(self):
        self._period(3)
        self.env["sale.order"].search(
            [("date_order", ">=", "2026-03-01"), ("user_id", "=", self.salesperson.id)]
        )._action_cancel()
        self._compute()
        self.assertEqual(self._open("jumps").jump, -100)

    def test_what_came_after_publishing_is_listed(self):
        self._lock(1, 2)
        self.march.with_user(self.officer).action_publish()
        self._sell(1, "2026-03-04")
        self._compute()
        self.assertEqual(self._count("late"), 1)

    def test_nobody_is_offered_records_that_they_may_not_read(self):
        self.assertFalse(self._read(self.finance)["unearned"]["can_open"])
        self.assertTrue(self._read(self.finance)["jumps"]["can_open"])
        for line in self._read(self.director).values():
            self.assertTrue(line["can_open"], line["code"])

    def test_more_people_and_sales_need_no_more_queries(self):
        self._read()
        self.env.invalidate_all()
        self.env.flush_all()
        march = self.march.with_user(self.officer)
        with self.assertQueryCount(60):
            before = self.env.cr.sql_log_count
            march.read(["checklist"])
            needed = self.env.cr.sql_log_count - before
        for user in (self.outsider, self.colleague, self.leader):
            self._start_plan(user)
            self._sell(2, "2026-03-05", user=user)
        self._compute()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        march.read(["checklist"])
        self.assertLessEqual(self.env.cr.sql_log_count - before, needed + 3)
