# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .career_common import CareerCommon
from .feedback_common import SalesFeedbackCommon
from .onboarding_common import OnboardingCommon


class SectionCommon:
    """Reads sections of the two pages as a user."""

    def _get_section(self, model, key, user):
        self.env.invalidate_all()
        sections = self.env[model].with_user(user).get_data()["sections"]
        found = [section for section in sections if section["key"] == key]
        return found[0] if found else None


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestOnboardingSections(SectionCommon, OnboardingCommon):
    """The salesperson started on 1 October; on the 15th a task is overdue."""

    def test_a_newcomer_sees_the_steps_still_to_do(self):
        self._start_onboarding()
        section = self._get_section("sales.development", "onboarding", self.salesperson)
        self.assertEqual(section["title"], "My Onboarding: 0 of 3 steps done")
        self.assertEqual(
            [(row["name"], bool(row.get("status"))) for row in section["rows"]],
            [("Show the products", True), ("Negotiating", False), ("Closing", False)],
        )
        other = self._get_section("sales.development", "onboarding", self.colleague)
        self.assertIsNone(other)

    def test_the_leader_sees_how_far_newcomers_are(self):
        self._start_onboarding()
        self.salesperson.crm_team_member_ids.sales_start_date = "2026-10-01"
        section = self._get_section("sales.team.board", "newcomers", self.leader)
        [row] = section["rows"]
        self.assertEqual((row["name"], row["progress"]), ("Test Salesperson", 0))
        self.assertEqual(row["status"]["name"], "Overdue: 1")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCareerSection(SectionCommon, CareerCommon):
    """The next level asks for 100 months in this one."""

    def test_everybody_sees_what_the_next_level_asks_for(self):
        self.middle.months = 100
        section = self._get_section("sales.development", "career", self.salesperson)
        self.assertEqual(section["title"], "My Path to Senior Representative")
        [row] = section["rows"]
        self.assertEqual(
            (row["figure"], row["status"]["name"]), ("81 of 100", "Missing")
        )

    def test_leaders_see_who_is_ready_for_promotion(self):
        self.middle.months = 100
        section = self._get_section("sales.team.board", "promotions", self.leader)
        self.assertEqual(section["title"], "Ready for Promotion")
        self.assertFalse(section["count"])
        self.middle.months = 80
        section = self._get_section("sales.team.board", "promotions", self.leader)
        shown = {row["name"]: (row["detail"], row["figure"]) for row in section["rows"]}
        self.assertEqual(
            shown[self.employee.name],
            (f"{self.job.name} → Senior Representative", "81 months"),
        )
        self.assertEqual(len(shown), section["count"])
        self.assertNotIn(self.leader.name, shown)

    def test_the_board_opens_the_people_it_counts(self):
        section = self._get_section("sales.team.board", "promotions", self.leader)
        found = self.standings.with_user(self.leader).search(section["domain"])
        self.assertEqual(len(found), section["count"])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestImprovementSections(SectionCommon, SalesFeedbackCommon):
    """The colleague has an improvement plan to accept."""

    def test_the_person_sees_the_goals_and_the_leader_the_plan(self):
        self._offer()
        section = self._get_section("sales.development", "improvement", self.colleague)
        self.assertEqual([row["name"] for row in section["rows"]], ["Ordered Amount"])
        section = self._get_section("sales.team.board", "improvements", self.leader)
        [row] = section["rows"]
        self.assertEqual(
            (row["name"], row["figure"]), ("Test Colleague", "0 of 1 reached")
        )
        own = self._get_section("sales.development", "improvement", self.salesperson)
        self.assertIsNone(own)
