# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .award_common import TODAY, AwardCommon

#: Models with amounts of awards, and a field of each
AMOUNTS = {
    "sales.incentive.award.line": "amount",
    "sales.incentive.entry": "amount",
    "sales.incentive.statement": "payable",
    "sales.incentive.balance": "earned",
    "sales.incentive.cost": "cost",
    "sales.incentive.pay": "pay",
    "sales.incentive.payout.line": "amount",
}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesIncentiveAwardAccess(AwardCommon):
    """Whoever must not read a wage cannot work it out from an award."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_incentive_show_pay = True
        cls.env["crm.team.member"].create(
            [
                {"crm_team_id": cls.team_field.id, "user_id": user.id}
                for user in cls.people
            ]
        )
        cls.award = cls._decide(cls._create_award())
        cls._lock(1)
        payout = cls.env["sales.incentive.payout"].with_user(cls.finance)
        cls.payout = payout.create(
            {"period_id": cls._period(1).id, "payment_date": "2027-02-05"}
        )
        cls.payout.action_pay()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.others = (
            cls.second,
            cls.leader,
            cls.director,
            cls.officer,
            cls.hr_user,
            new_test_user(
                cls.env, "test_clerk", "account.group_account_invoice", name="Clerk"
            ),
            new_test_user(cls.env, "test_portal", "base.group_portal", name="Portal"),
        )

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_own(self, model):
        domain = [("user_id", "=", self.first.id)]
        if model == "sales.incentive.payout.line":
            domain = [("assignment_id.user_id", "=", self.first.id)]
        return self.env[model].search(domain)

    def test_others_read_no_record_of_the_award(self):
        for model, name in AMOUNTS.items():
            records = self._get_own(model)
            if model == "sales.incentive.pay":
                self.assertFalse(records, "awards are no pay by attainment")
                continue
            self.assertTrue(records, model)
            for user in self.others:
                with self.subTest(model=model, user=user.name):
                    self.env.invalidate_all()
                    with self.assertRaises(AccessError):
                        records.with_user(user).read([name])

    def test_others_find_it_in_no_search_and_no_group(self):
        for model, name in AMOUNTS.items():
            for user in self.others:
                records = self.env[model].with_user(user)
                if not records.has_access("read"):
                    continue
                with self.subTest(model=model, user=user.name):
                    own = records.search([]).mapped(name)
                    self.assertNotIn(113_013.70, own)
                    # Entries are earned, and paid out again.
                    mine = (0, 84_000) if user == self.second else (0,)
                    [[total]] = records._read_group([], [], [f"{name}:sum"])
                    self.assertIn(round(total or 0, 2), mine)

    def test_others_find_it_by_no_condition_on_another_record(self):
        user = self.director
        award = self.awards.with_user(user)
        for line in ("amount", "base", "award"):
            found = award.search([(f"line_ids.{line}", ">", 0)])
            self.assertFalse(found, line)
        assignments = self.env["sales.incentive.assignment"].with_user(user)
        self.assertEqual(assignments.search([]).mapped("payable"), [0] * 6)
        payouts = self.env["sales.incentive.payout"].with_user(user)
        self.assertFalse(payouts.search([("line_ids.amount", ">", 0)]))

    def test_no_step_names_it_to_others(self):
        for user in (self.second, self.leader):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.award.with_user(user).action_open_lines()
        self.assertTrue(self.award.with_user(self.finance).action_open_lines())

    def test_no_form_computes_it_for_others(self):
        with self.assertRaises(AccessError):
            self._create_award(user=self.officer, period_id=self._period(2).id)
        draft = self._create_award(period_id=self._period(2).id)
        draft.action_propose()
        for user in (self.officer, self.director, self.finance):
            own = draft.with_user(user)
            with self.subTest(user.name):
                for button in ("action_propose", "action_submit", "action_cancel"):
                    with self.assertRaises(AccessError):
                        getattr(own, button)()
                with self.assertRaises(AccessError):
                    own.write({"factor": 2})
        forged = {"is_total_open": True, "state": "submitted", "is_confidential": False}
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            draft.with_user(self.director).onchange(
                forged | {"budget": 5}, ["budget"], {"total": {}, "remaining": {}}
            )
        form = Form(self.awards.with_user(self.officer))
        form.rule_id = self.rule
        self.assertEqual((form.total, form.people_count), (0, 0))

    def test_person_hr_manager_and_finance_read_it(self):
        for user in (self.first, self.hr_manager, self.finance):
            self.env.invalidate_all()
            lines = self.env["sales.incentive.award.line"].with_user(user)
            with self.subTest(user.name):
                found = lines.search([("user_id", "=", self.first.id)])
                self.assertEqual(found.amount, 113_013.70)
        self.assertEqual(
            self.env["sales.incentive.statement"]
            .with_user(self.first)
            .search([("period_id", "=", self._period(1).id)])
            .payable,
            113_013.70,
        )

    def test_a_person_reads_their_own_award_once_it_is_approved(self):
        self.award.sudo().state = "submitted"
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["sales.incentive.award.line"].with_user(self.first)
        self.assertFalse(lines.search([]))

    # ------------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------------

    def _read(self, award, user):
        self.env.invalidate_all()
        own = award.with_user(user)
        return own.shows_total, own.total

    def test_others_read_a_total_of_five_people(self):
        total = sum(self.award.line_ids.mapped("amount"))
        for user in (self.director, self.officer):
            self.assertEqual(self._read(self.award, user), (True, total))
            self.assertEqual(self.award.with_user(user).people_count, 5)
            self.assertFalse(self.award.with_user(user).line_ids)

    def test_others_read_no_total_of_fewer(self):
        award = self._create_award(period_id=self._period(2).id)
        self._correct("D", self.people[3], self.people[4])
        award.action_submit()
        for user, expected in ((self.director, False), (self.finance, True)):
            with self.subTest(user.name):
                self.assertEqual(self._read(award, user)[0], expected)

    def test_a_draft_tells_others_no_total(self):
        self._correct("A", *self.people[1:4])
        award = self._create_award(period_id=self._period(2).id)
        award.action_propose()
        self.assertEqual(self._read(award, self.director), (False, 0))
        self.assertNotEqual(self._read(award, self.hr_manager)[1], 0)

    def test_two_totals_do_not_tell_what_is_between_them(self):
        """Six people, then the same ones without one of them"""
        rates = {"A": 1, "B": 1, "C": 1, "D": 1}
        plan = self._create_plan("Other", is_confidential=True)
        rule = self._approve_award(
            plan, rates, date_from=date(2027, 2, 1), award_base="wage"
        )
        assignments = self._assign(plan)
        award = self._create_award(rule, period_id=self._period(2).id)
        award.action_submit()
        self.assertTrue(self._read(award, self.director)[0])
        award.with_user(self.director)._rejected_tier()
        self.env.flush_all()
        assignments[0].write({"date_from": "2025-01-01", "date_to": "2025-12-31"})
        again = self._create_award(rule, period_id=self._period(2).id, factor=2)
        again.action_submit()
        self.assertEqual(self._read(again, self.director), (False, 0))
        self.assertTrue(self._read(again, self.finance)[0])

    def test_totals_of_months_and_payouts_leave_it_out(self):
        for user in (self.director, self.officer):
            self.env.invalidate_all()
            with self.subTest(user.name):
                month = self._period(1).with_user(user)
                self.assertEqual((month.payable, month.earned), (0, 0))
                payout = self.payout.with_user(user)
                self.assertEqual((payout.amount, payout.payee_count), (0, 0))

    def test_messages_name_no_amount(self):
        messages = self.award.sudo().message_ids
        text = " ".join(
            str(value)
            for message in messages
            for value in (
                message.body,
                message.subject,
                *message.tracking_value_ids.mapped("new_value_char"),
            )
        )
        for amount in ("113", "84,000", "84000", "50,000"):
            self.assertNotIn(amount, text)

    def _correct(self, grade, *people):
        for user in people:
            appraisal = self._line(self.award, user).appraisal_id
            self._appraise(
                {user: grade}, version=2, corrects_id=appraisal.id, reason="Test"
            )
