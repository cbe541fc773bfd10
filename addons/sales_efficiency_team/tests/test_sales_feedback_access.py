# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .feedback_common import SalesFeedbackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFeedbackAccess(SalesFeedbackCommon):
    """Who sees talks, objections and plans, and where else they could show."""

    def _see(self, model, user):
        """:return: the people whose records somebody sees"""
        self.env.invalidate_all()
        return self.env[model].with_user(user).search([]).sudo().user_id

    def test_nobody_sees_their_own_talk_before_they_are_told(self):
        talks = "sales.appraisal.talk"
        self.assertFalse(self._see(talks, self.salesperson))
        self.assertNotIn(self.leader, self._see(talks, self.leader))
        self._tell()
        self.assertEqual(self._see(talks, self.salesperson), self.salesperson)
        self.assertFalse(self._see(talks, self.colleague))

    def test_leaders_see_talks_of_their_people(self):
        seen = self._see("sales.appraisal.talk", self.leader)
        self.assertEqual(seen, self.salesperson + self.colleague)
        for user in (self.director, self.hr_user):
            seen = self._see("sales.appraisal.talk", user)
            self.assertLessEqual(self.salesperson + self.outsider + self.leader, seen)

    def test_colleagues_see_no_objection(self):
        self._object()
        objections = "sales.appraisal.objection"
        self.assertFalse(self._see(objections, self.colleague))
        self.assertFalse(self._see(objections, self.outsider))
        for user in (self.salesperson, self.leader, self.director, self.hr_user):
            self.assertEqual(self._see(objections, user), self.salesperson)

    def test_plans_are_seen_by_person_coach_and_superiors(self):
        plan = self._begin(coach_id=self.salesperson.id)
        for model in ("sales.improvement.plan", "sales.improvement.goal"):
            for user in (
                self.colleague,
                self.salesperson,
                self.leader,
                self.director,
                self.hr_user,
            ):
                with self.subTest(model, user=user.login):
                    self.assertEqual(self._see(model, user), self.colleague)
            self.assertFalse(self._see(model, self.outsider))
        for user in (self.colleague, self.salesperson):
            with self.subTest(user.login), self.assertRaises(AccessError):
                plan.with_user(user).note = "Forged"

    def test_what_others_write_about_it_is_not_for_the_person(self):
        objection = self._object()
        message = objection.with_user(self.director).message_post(body="Between us")
        self.env.invalidate_all()
        messages = self.env["mail.message"]
        shown = messages.with_user(self.salesperson).search(
            [("model", "=", objection._name), ("res_id", "=", objection.id)]
        )
        self.assertNotIn(message, shown)
        self.assertNotIn(
            self.salesperson.partner_id, objection.message_follower_ids.partner_id
        )
        with self.assertRaises(AccessError):
            objection.with_user(self.salesperson).message_post(body="Me")

    def test_nothing_of_it_is_sent_by_mail(self):
        mails = self.env["mail.mail"].search([])
        self._object()
        self._begin()
        self.env.flush_all()
        self.assertEqual(self.env["mail.mail"].search([]), mails)

    def test_the_owner_of_a_step_alone_learns_of_the_plan(self):
        plan = self._begin()
        step = self.env["sales.action"].create(
            {
                "name": "Call",
                "improvement_plan_id": plan.id,
                "user_id": self.colleague.id,
            }
        )
        self.env.invalidate_all()
        for user in (self.salesperson, self.outsider):
            found = self.env["sales.action"].with_user(user).search([])
            self.assertNotIn(step, found)

    def test_another_company_sees_nothing(self):
        self._object()
        self._begin()
        company = self._create_company()
        stranger = self._create_user("director", "stranger")
        stranger.write({"company_ids": company.ids, "company_id": company.id})
        for model in (
            "sales.appraisal.talk",
            "sales.appraisal.objection",
            "sales.improvement.plan",
            "sales.improvement.goal",
        ):
            with self.subTest(model):
                self.assertFalse(self._see(model, stranger))
