# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentivePeriod(IncentiveLedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assignment = cls._start_plan()
        cls._sell(10, "2026-01-03")
        cls._compute()
        cls.january, cls.february = cls._period(1), cls._period(2)

    def test_officer_publishes_director_approves_and_locks(self):
        self.january.with_user(self.officer).action_publish()
        with self.assertRaises(UserError):
            self.january.with_user(self.officer).action_approve()
        self.january.with_user(self.director).action_approve()
        self.january.with_user(self.director).action_lock()
        self.assertRecordValues(
            self.january,
            [
                {
                    "state": "locked",
                    "published_by_id": self.officer.id,
                    "approved_by_id": self.director.id,
                    "payee_count": 1,
                    "earned": 100,
                    "payable": 100,
                }
            ],
        )

    def test_salespeople_decide_on_no_month(self):
        period = self.january.with_user(self.salesperson)
        for action in ("action_compute", "action_publish", "action_lock"):
            with self.subTest(action), self.assertRaises(UserError):
                getattr(period, action)()

    def test_nobody_approves_their_own_pay(self):
        self._start_plan(self.director, credit="scope")
        self._compute()
        self.january.action_publish()
        with self.assertRaisesRegex(UserError, "pays you"):
            self.january.with_user(self.director).action_approve()

    def test_months_follow_one_another(self):
        with self.assertRaisesRegex(UserError, "January 2026 is still Open"):
            self.february.action_publish()
        self._lock(1)
        self.february.action_publish()
        self._period(3).action_publish()
        with self.assertRaisesRegex(UserError, "February 2026 is still Published"):
            self._period(3).with_user(self.director).action_approve()
        with self.assertRaisesRegex(UserError, "March 2026 builds on this month"):
            self.february.action_reopen()

    def test_a_month_is_published_when_it_is_over(self):
        self._lock(1, 2, 3)
        with self.assertRaisesRegex(UserError, "not over yet"):
            self._period(4).action_publish()

    def test_a_locked_month_is_not_deleted(self):
        self._lock(1)
        with self.assertRaisesRegex(UserError, "locked month"):
            self.january.unlink()

    def test_what_changes_after_publishing_is_marked(self):
        self.january.action_publish()
        self._sell(5, "2026-01-04")
        self._compute()
        self.assertEqual(self.january.changed_count, 1)
        self.assertEqual(self.january.payable, 150)

    def test_a_reopened_month_forgets_who_has_published_it(self):
        self.january.action_publish()
        self._sell(5, "2026-01-04")
        self._compute()
        self.january.with_user(self.director).action_approve()
        self.january.with_user(self.officer).action_reopen()
        self.assertEqual(self.january.state, "open")
        self.assertFalse(self.january.published_by_id or self.january.approved_by_id)
        self.assertFalse(self.january.published_at or self.january.approved_at)
        self.assertEqual(self.january.changed_count, 0)

    def test_an_approved_month_does_not_follow_the_figures(self):
        self.january.action_publish()
        self.january.with_user(self.director).action_approve()
        self._sell(5, "2026-01-04")
        self._compute()
        self.assertEqual(self.january.payable, 100)
        self.assertEqual(self._get_entries(2), [("earning", "payable", 50)])
        self.january.action_lock()
        self.periods._get_following()._compute_entries()
        self.assertEqual(self._get_entries(2), [("earning", "payable", 50)])

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _see(self, user):
        return self.entries.with_user(user).search([]).user_id

    def test_each_role_sees_its_entries(self):
        self._start_plan(self.outsider)
        self._sell(10, "2026-01-04", user=self.outsider)
        self._compute()
        both = self.salesperson + self.outsider
        self.assertEqual(self._see(self.salesperson), self.salesperson)
        self.assertFalse(self._see(self.colleague))
        for user in (self.director, self.officer, self.finance, self.hr_manager):
            self.assertEqual(self._see(user), both, user.name)

    def test_leaders_see_the_pay_of_their_people_where_the_company_shows_it(self):
        self.assertFalse(self._see(self.leader))
        self.company.sales_incentive_show_pay = True
        self.assertEqual(self._see(self.leader), self.salesperson)

    def test_groups_obey_the_same_rules(self):
        entries = self.entries.with_user(self.colleague)
        self.assertFalse(entries._read_group([], ["user_id"], ["amount:sum"]))
        self.assertEqual(self.january.with_user(self.colleague).earned, 0)
