# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01 12:00:00")
class TestSalesCockpit(SalesTargetCommon):
    """The cockpit shows open milestones (policy 2.1.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        for user in (cls.salesperson, cls.colleague):
            cls._create_target(parent_id=team.id, user_id=user.id, amount=300_000)
        cls._start()

    @classmethod
    def _start(cls):
        plan = super()._start()
        cls._refresh()
        return plan

    def _get(self, user):
        return self.env["sales.cockpit"].with_user(user).get_data()["panels"]

    def _names(self, rows):
        return [row["name"] for row in rows]

    def _create_project(self):
        """Create a project of the leader with three open milestones and one reached."""
        project = self.env["project.project"].create(
            {"name": "Metro", "user_id": self.leader.id, "allow_milestones": True}
        )
        self.plan.state = "draft"
        target = self._create_target(project_id=project.id, amount=1_200)
        for name, deadline, user, is_reached in (
            ("Survey", date(2026, 3, 1), self.outsider, True),
            ("Handover", date(2026, 11, 1), self.salesperson, False),
            ("Prototype", date(2026, 6, 1), self.outsider, False),
            ("Contract", date(2026, 8, 1), self.salesperson, False),
        ):
            self.env["project.milestone"].create(
                {
                    "name": name,
                    "project_id": project.id,
                    "deadline": deadline,
                    "sales_user_id": user.id,
                    "is_reached": is_reached,
                }
            )
        self._start()
        contract = project.milestone_ids.filtered(lambda m: m.name == "Contract")
        contract.deadline = date(2026, 8, 11)
        return target

    def test_milestones_to_reach_are_shown_the_most_urgent_first(self):
        self._create_project()
        for user in (self.director, self.leader):
            milestones = self._get(user)["milestones"]
            self.assertEqual(
                self._names(milestones["rows"]), ["Prototype", "Contract", "Handover"]
            )
            [prototype, contract, handover] = milestones["rows"]
            self.assertEqual(prototype["status"], "overdue")
            self.assertEqual((contract["status"], contract["delay"]), ("slipped", 10))
            self.assertEqual(handover["status"], "planned")
            self.assertEqual(contract["project"], "Metro")
            self.assertEqual(contract["user"], "Test Salesperson")
            self.assertEqual([late["count"] for late in milestones["late"]], [1, 1])
            for late, row in zip(milestones["late"], milestones["rows"], strict=False):
                found = self.env["project.milestone"].search(late["domain"])
                self.assertEqual(found.ids, [row["id"]])

    def test_salespeople_see_the_milestones_that_they_are_to_reach(self):
        self._create_project()
        self.assertEqual(
            self._names(self._get(self.salesperson)["milestones"]["rows"]),
            ["Contract", "Handover"],
        )
        self.assertFalse(self._get(self.colleague)["milestones"]["rows"])

    def test_milestones_of_projects_without_a_target_are_not_shown(self):
        target = self._create_project()
        other = target.project_id.copy({"name": "Port"})
        target.project_id.milestone_ids.project_id = other
        for user in (self.director, self.leader, self.salesperson):
            self.assertFalse(self._get(user)["milestones"]["count"])

    def test_milestones_of_projects_that_are_hidden_are_not_shown(self):
        target = self._create_project()
        target.project_id.privacy_visibility = "followers"
        target.project_id.message_unsubscribe(self.director.partner_id.ids)
        self.assertFalse(self._get(self.director)["milestones"]["count"])
        self.assertTrue(self._get(self.leader)["milestones"]["count"])

    def test_the_number_of_queries_is_not_that_of_projects(self):
        def count(user):
            self.env.flush_all()
            self.env.invalidate_all()
            self._get(user)  # fills the caches of the registry
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._get(user)
            return self.env.cr.sql_log_count - before

        def add(number):
            self.plan.state = "draft"
            for place in range(number):
                project = self.env["project.project"].create({"name": f"{place}"})
                self._create_target(project_id=project.id, amount=1)
                self.env["project.milestone"].create(
                    [
                        {
                            "name": user.name,
                            "project_id": project.id,
                            "sales_user_id": user.id,
                            "deadline": date(2026, 6, 1),
                        }
                        for user in (self.leader, self.salesperson)
                    ]
                )
            self._start()

        users = self.director + self.leader + self.salesperson
        add(9)  # more than the lists of the cockpit have rows
        few = [count(user) for user in users]
        add(18)
        for user, before in zip(users, few, strict=True):
            # The shown projects may have been read with others: one query less.
            self.assertLessEqual(count(user), before + 1)
