# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveApproval(IncentiveLedgerCommon):
    """Who decides on a month, in which 1,000 were sold and 100 are earned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.assignment = cls._start_plan()
        cls._sell(10, "2026-01-03")
        cls._compute()
        cls.january = cls._period(1)
        # Other users of the database do not decide.
        group = cls.env.ref("account.group_account_manager")
        others = group.user_ids - cls.finance
        others.write({"group_ids": [Command.unlink(group.id)]})

    def _publish(self):
        self.january.with_user(self.officer).action_publish()
        self.env.invalidate_all()

    def _decide(self, user, approve=True):
        month = self.january.with_user(user)
        if approve:
            month._validate_tier()
        else:
            month._rejected_tier()
        self.env.invalidate_all()

    def _reviewers(self):
        """:return: the users asked by each approval rule, in their order"""
        reviews = self.january.review_ids.sorted("sequence")
        return [review.reviewer_ids for review in reviews]

    # ------------------------------------------------------------------
    # Tiers
    # ------------------------------------------------------------------

    def test_a_director_alone_approves_an_ordinary_month(self):
        self._publish()
        self.assertEqual(self._reviewers(), [self.director])
        self._decide(self.director)
        self.assertRecordValues(
            self.january, [{"state": "approved", "approved_by_id": self.director.id}]
        )

    def test_from_the_sum_of_the_company_on_finance_approves_too(self):
        for limit, people in ((100.01, [self.director]), (100, self._both())):
            with self.subTest(limit=limit):
                self.company.sales_incentive_approval_limit = limit
                self._publish()
                self.assertEqual(self._reviewers(), people)
                self.january.with_user(self.officer).action_reopen()
        self._publish()
        self._decide(self.director)
        self.assertEqual(self.january.state, "published")
        self._decide(self.finance)
        self.assertEqual(self.january.state, "approved")

    def _both(self):
        return [self.director, self.finance]

    def test_finance_is_asked_when_the_sum_grows_after_publishing(self):
        self.company.sales_incentive_approval_limit = 120
        self._publish()
        self._sell(5, "2026-01-04")
        self._decide(self.director)
        self.assertEqual(self.january.payable, 150)
        self.assertEqual(self._reviewers(), self._both())
        self.assertEqual(self.january.state, "published")

    def test_a_month_stands_still_from_its_first_approval_on(self):
        self.company.sales_incentive_approval_limit = 1
        self._publish()
        self._decide(self.director)
        self._sell(5, "2026-01-04")
        self._compute()
        self.assertEqual(self.january.payable, 100)
        with self.assertRaisesRegex(UserError, "is approved"):
            self.january.with_user(self.officer).action_compute()
        self._decide(self.finance)
        self.assertEqual(self.january.payable, 100)
        self.assertEqual(self._get_entries(2), [("earning", "payable", 50)])

    def test_a_rule_can_ask_for_the_rise_against_the_month_before(self):
        self._sell(16, "2026-02-03")
        self._compute()
        found = self.periods.search([("rise", ">", 50)])
        self.assertEqual(found & (self.january + self._period(2)), self._period(2))
        self.assertEqual(self._period(2).rise, 60)
        self.env["tier.definition"].create(
            {
                "name": "HR manager looks at a rise",
                "model_id": self.env["ir.model"]._get_id(self.periods._name),
                "review_type": "individual",
                "reviewer_id": self.hr_manager.id,
                "definition_domain": '[["rise", ">", 50]]',
                "sequence": 1,
            }
        )
        self._publish()
        self.assertEqual(self._reviewers(), [self.director])
        february = self._period(2).with_user(self.officer)
        february.action_publish()
        self.assertIn(self.hr_manager, february.sudo().review_ids.reviewer_ids)

    # ------------------------------------------------------------------
    # Own pay
    # ------------------------------------------------------------------

    def test_where_a_director_is_paid_another_one_and_finance_approve(self):
        deputy = self._create_user("director", login="deputy")
        self._start_plan(self.director, credit="scope")
        self._compute()
        self._publish()
        self.assertTrue(self.january.pays_director)
        self.assertEqual(self._reviewers(), [deputy, self.finance])
        with self.assertRaisesRegex(UserError, "pays you"):
            self._decide(self.director)

    def test_where_all_directors_are_paid_finance_decides(self):
        self._start_plan(self.director, credit="scope")
        self._compute()
        self._publish()
        self.assertEqual(self._reviewers(), [self.finance, self.finance])
        self._decide(self.finance)
        self.assertEqual(self.january.state, "approved")

    def test_a_month_that_pays_all_who_could_approve_it_is_not_published(self):
        self._start_plan(self.director, credit="scope")
        self._start_plan(self.finance, credit="scope")
        self._compute()
        with self.assertRaisesRegex(UserError, "Nobody can approve January 2026"):
            self._publish()

    def test_who_publishes_does_not_approve_while_somebody_else_can(self):
        deputy = self._create_user("director", login="deputy")
        self.january.with_user(self.director).action_publish()
        self.assertEqual(self._reviewers(), [deputy])
        with self.assertRaisesRegex(UserError, "You cannot approve January 2026"):
            self.january.with_user(self.director).action_approve()

    def test_without_approval_rules_another_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", self.periods._name)]
        ).active = False
        self.january.with_user(self.director).action_publish()
        deputy = self._create_user("director", login="deputy")
        with self.assertRaisesRegex(UserError, "requested this yourself"):
            self.january.with_user(self.director).action_approve()
        self.january.with_user(deputy).action_approve()
        self.assertEqual(self.january.state, "approved")

    # ------------------------------------------------------------------
    # Rejection
    # ------------------------------------------------------------------

    def test_a_rejected_month_stays_published_and_follows_the_figures_again(self):
        self.company.sales_incentive_approval_limit = 1
        self._publish()
        self._decide(self.director)
        self._decide(self.finance, approve=False)
        self.assertEqual(self.january.state, "published")
        self.assertIn("Rejected by Test Finance", self.january.next_step)
        notice = self.env["mail.message"].search(
            [
                ("model", "=", self.january._name),
                ("notified_partner_ids", "in", self.officer.partner_id.ids),
            ]
        )
        self.assertIn("was not approved", notice.body)
        self.assertNotIn("100", notice.body)
        self._sell(5, "2026-01-04")
        self._compute()
        self.assertEqual(self.january.payable, 150)
        self.january.with_user(self.officer).restart_validation()
        self.env.invalidate_all()
        for user in self._both():
            self._decide(user)
        self.assertEqual(self.january.state, "approved")

    def test_a_reopened_month_is_approved_anew(self):
        self._publish()
        self._decide(self.director)
        self.january.with_user(self.officer).action_reopen()
        self.assertFalse(self.january.review_ids)
        self._publish()
        self.assertEqual(self.january.state, "published")
        self.assertEqual(self.january.validation_status, "pending")

    # ------------------------------------------------------------------
    # Direct calls
    # ------------------------------------------------------------------

    def test_who_does_not_prepare_months_calls_none_of_their_actions(self):
        others = (self.salesperson, self.leader, self.hr_manager, self.finance)
        for action in ("action_compute", "action_publish", "action_reopen"):
            if action == "action_reopen":
                self._publish()
            for user in others:
                run = getattr(self.january.with_user(user), action)
                with self.subTest(action=action, user=user.name):
                    self.assertRaises(AccessError, run)

    def test_only_finance_and_directors_lock(self):
        self._publish()
        self._decide(self.director)
        for user in (self.salesperson, self.leader, self.hr_manager, self.officer):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.january.with_user(user).action_lock()
        self.january.with_user(self.finance).action_lock()
        self.assertEqual(self.january.state, "locked")

    def test_nobody_writes_what_only_actions_write(self):
        self._publish()
        for user in (self.officer, self.director, self.finance):
            month = self.january.with_user(user)
            for values in (
                {"state": "approved"},
                {"approved_by_id": user.id},
                {"validation_status": "validated"},
                {"computed_at": False},
                {"review_ids": [Command.clear()]},
            ):
                with self.subTest(user=user.name, values=values):
                    self.assertRaises(UserError, month.write, values)
            with self.assertRaises(AccessError):
                month.review_ids.write({"status": "approved"})

    def test_no_default_says_what_becomes_of_a_month(self):
        self.assertEqual(self.january.state, "open")
        month = self.periods.with_context(
            default_state="locked", default_approved_by_id=self.director.id
        ).create({"company_id": self.company.id, "month": date(2025, 1, 1)})
        self.assertRecordValues(month, [{"state": "open", "approved_by_id": False}])

    def test_salespeople_read_nothing_about_the_closing_of_a_month(self):
        month = self.january.with_user(self.salesperson)
        for name in ("checklist", "rise", "pays_director", "is_above_limit"):
            with self.subTest(name), self.assertRaises(AccessError):
                month.read([name])
        with self.assertRaises(AccessError):
            month.action_open_check("unearned")
        with self.assertRaises(AccessError):
            self.periods.with_user(self.salesperson).search([("rise", ">", 0)])
        self.assertEqual(month.read(["state"])[0]["state"], "open")
