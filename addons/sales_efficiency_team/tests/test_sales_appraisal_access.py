# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .appraisal_common import SalesAppraisalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalAccess(SalesAppraisalCommon):
    """Who sees which appraisals, and who may do what with them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Grace of the demo company: a director who leads a team and is appraised.
        cls.team_other.user_id = cls.director
        cls.cycle = cls._create_cycle()
        cls.cycle.action_start_rating()
        cls.cycle.action_calibrate()

    def _see(self, user):
        """:return: the users whose appraisals somebody sees, by all of its models"""
        self.env.invalidate_all()
        seen = self.env["sales.appraisal"].with_user(user).search([]).sudo().user_id
        for model in ("kpi", "part", "mark"):
            lines = self.env[f"sales.appraisal.{model}"].with_user(user).search([])
            self.assertLessEqual(lines.sudo().appraisal_id.user_id, seen, model)
        kpis = self.env["sales.appraisal.kpi"].with_user(user).search([])
        self.assertEqual(kpis.sudo().appraisal_id.user_id, seen)
        return seen & (
            self.salesperson
            + self.colleague
            + self.outsider
            + self.leader
            + self.director
        )

    def test_before_they_are_told_people_see_nothing(self):
        self.assertFalse(self._see(self.salesperson))

    def test_once_told_people_see_their_own(self):
        self.cycle.action_tell()
        self._get_appraisal(self.cycle).with_user(self.leader).action_tell()
        self.assertEqual(self._see(self.salesperson), self.salesperson)
        self.assertFalse(self._see(self.colleague))

    def test_leaders_see_their_people_and_not_themselves(self):
        self.assertEqual(self._see(self.leader), self.salesperson + self.colleague)

    def test_present_leaders_read_how_their_people_were_appraised_before(self):
        """The results, once told; what was said in the talk stays with who said it."""
        self.cycle.action_tell()
        before = self._get_appraisal(self.cycle, self.outsider)
        self.env["crm.team.member"].search(
            [("user_id", "=", self.outsider.id)]
        ).crm_team_id = self.team_field
        own = self.salesperson + self.colleague
        self.assertEqual(self._see(self.leader), own)
        before.with_user(self.hr_user).action_tell()
        self.assertEqual(self._see(self.leader), own + self.outsider)
        talks = self.env["sales.appraisal.talk"].with_user(self.leader)
        self.assertNotIn(self.outsider, talks.search([]).user_id)
        with self.assertRaises(AccessError):
            before.with_user(self.leader).write({"grade_reason": "Mine"})

    def test_a_new_leader_reads_the_appraisals_of_the_former_one(self):
        self.cycle.action_tell()
        self._get_appraisal(self.cycle).with_user(self.leader).action_tell()
        new = self._create_user("leader", "new_leader")
        self.team_field.user_id = new
        self.assertEqual(self._see(new), self.salesperson + self.colleague)

    def test_directors_and_hr_see_all_but_themselves(self):
        everybody = self.salesperson + self.colleague + self.outsider + self.leader
        self.assertEqual(self._see(self.director), everybody)
        self.assertEqual(self._see(self.hr_user), everybody + self.director)

    def test_the_distribution_does_not_tell_ones_own_grade(self):
        """Whoever sees all grades but their own could work that out."""
        grade = self.env.ref("sales_efficiency_team.sales_appraisal_grade_b")
        appraisals = self.cycle.appraisal_ids
        appraisals.write({"is_scored": True, "grade_id": grade.id, "grade_reason": "-"})
        self.env.flush_all()
        all_ = len(appraisals)
        for user, count in (
            (self.leader, 2),
            (self.director, all_ - 1),
            (self.hr_user, all_),
        ):
            with self.subTest(user.login):
                self.env.invalidate_all()
                told = self.cycle.with_user(user).distribution
                self.assertIn(f"B {count} ·", told)

    def test_nobody_tells_or_grades_themselves(self):
        self.cycle.action_tell()
        own = self._get_appraisal(self.cycle, self.director).with_user(self.director)
        with self.assertRaises(AccessError):
            own.action_tell()
        with self.assertRaises(AccessError):
            own.write({"grade_reason": "Me"})

    def test_salespeople_tell_nobody(self):
        self.cycle.action_tell()
        for user in (self.salesperson, self.colleague):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._get_appraisal(self.cycle).with_user(user).action_tell()

    def test_leaders_take_no_step_of_a_cycle(self):
        for name in ("action_tell", "action_propose", "action_close"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(self.cycle.with_user(self.leader), name)()

    def test_hr_runs_a_cycle_and_directors_calibrate(self):
        with self.assertRaisesRegex(AccessError, "Only a sales director"):
            self.cycle.with_user(self.hr_user).action_tell()
        self.cycle.with_user(self.director).action_tell()
        self.cycle.appraisal_ids.with_user(self.hr_user).action_tell()
        self.cycle.with_user(self.hr_user).action_close()
        self.assertEqual(self.cycle.state, "closed")

    def test_leaders_correct_nothing(self):
        self.cycle.action_tell()
        self.cycle.appraisal_ids.action_tell()
        self.cycle.action_close()
        closed = self._get_appraisal(self.cycle)
        for user in (self.leader, self.salesperson):
            with self.subTest(user.login), self.assertRaises(AccessError):
                closed.with_user(user).action_correct()
        self.assertTrue(closed.with_user(self.hr_user).action_correct())

    def test_groups_and_exports_reveal_nothing_else(self):
        appraisals = self.env["sales.appraisal"].with_user(self.salesperson)
        self.assertFalse(
            appraisals._read_group([], ["user_id"], ["score:avg"]),
        )
        cycle = self.cycle.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            cycle.read(["missing_names"])
        self.assertFalse(cycle.read(["appraisal_ids"])[0]["appraisal_ids"])
