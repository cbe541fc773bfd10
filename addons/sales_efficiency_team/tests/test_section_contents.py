# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .career_common import CareerCommon
from .feedback_common import SalesFeedbackCommon
from .honour_common import TODAY, HonourCommon
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


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestHonoursSection(SectionCommon, HonourCommon):
    """The salesperson sold the most in September, and Field more than Other."""

    def _get_honours(self, user):
        return self._get_section("sales.development", "honours", user)

    def test_winners_see_what_they_have_won_once_it_is_known(self):
        honour = self._elect(place_count=1)
        self.assertIsNone(self._get_honours(self.salesperson))
        self._publish(honour)
        section = self._get_honours(self.salesperson)
        self.assertEqual((section["title"], section["count"]), ("My Honours", 1))
        [row] = section["rows"]
        self.assertEqual(row["name"], "Salesperson of the Month, September 2026")
        self.assertEqual(row["detail"], "Test Salesperson · 09/30/2026")
        self.assertIsNone(self._get_honours(self.colleague), "only nominated")

    def test_a_director_who_prepares_the_own_honour_is_told_with_the_others(self):
        self._sold((self.director, self.team_field, 1000))
        honour = self._elect(place_count=1)
        self.assertEqual(self._places(honour), {self.director.name: 1})
        self.assertIsNone(self._get_honours(self.director))
        self._publish(honour)
        self.assertEqual(self._get_honours(self.director)["count"], 1)

    def test_who_won_with_a_team_sees_it_too(self):
        self._publish(kind="team", place_count=1)
        for user in (self.salesperson, self.colleague):
            [row] = self._get_honours(user)["rows"]
            self.assertEqual(row["detail"], "Test Field · 09/30/2026")
        self.assertIsNone(self._get_honours(self.outsider))

    def test_the_hall_of_fame_opens_with_all_of_them(self):
        """The page shows the latest four."""
        for month in range(4, 10):
            self._sold(
                (self.salesperson, self.team_field, 1000), day=date(2026, month, 10)
            )
            self._publish(date=date(2026, month, 28), place_count=1)
        section = self._get_honours(self.salesperson)
        self.assertEqual((section["count"], len(section["rows"])), (6, 4))
        self.assertIn("09/30/2026", section["rows"][0]["detail"])
        nominees = self.env["sales.honour.nominee"].with_user(self.salesperson)
        self.assertEqual(nominees.search_count(section["domain"]), 6)
