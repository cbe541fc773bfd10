# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesTargetUncounted(SalesTargetCommon):
    """A person's target within a team and a region does not count all their sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.region = cls._create_target(
            parent_id=cls.root.id, region_id=cls.region_north.id, amount=600_000
        )
        cls.north = {"region_id": cls.region_north.id, "team_id": cls.team_field.id}
        cls.team = cls._create_target(
            parent_id=cls.region.id, amount=600_000, **cls.north
        )
        for part, dimension in ((cls.region, "team_id"), (cls.team, "user_id")):
            cls._break_down(part, dimension)
        cls.own = cls.team.child_ids.filtered(
            lambda target: target.user_id == cls.salesperson
        )

    @classmethod
    def _break_down(cls, target, dimension):
        cls.env["sales.target.cascade"].create(
            {"target_id": target.id, "dimension": dimension, "method": "equal"}
        ).action_apply()

    def _record_sales(self, *sales):
        person = {"user_id": self.salesperson.id}
        self._create_history(
            *((day, amount, person | values) for day, amount, values in sales)
        )

    def test_it_is_named_by_all_that_narrows_it(self):
        self.assertEqual(
            self.own.display_name,
            "Test Salesperson · Test Field · Test North: Ordered Amount",
        )
        self.assertEqual(
            self.team.display_name, "Test Field · Test North: Ordered Amount"
        )
        self.assertEqual(
            self.region.display_name, "Test World / Test North: Ordered Amount"
        )

    def test_what_is_sold_elsewhere_is_counted_by_no_target(self):
        self._start()
        may = date(2026, 5, 1)
        self._record_sales(
            (may, 1000, self.north),
            (may, 70, self.north | {"region_id": self.region_south.id}),
            (may, 8, self.north | {"team_id": self.team_other.id}),
            (may, 0.5, {"team_id": self.team_field.id}),
            (may, 5000, self.north | {"user_id": self.colleague.id}),
            (date(2025, 5, 1), 9000, {}),
            (date(2026, 7, 17), 9000, {}),
        )
        for user in (self.salesperson, self.director):
            self.env.invalidate_all()
            own = self.own.with_user(user)
            self.assertEqual(own.uncounted, 78.5)
            facts = self.env["sales.fact"].with_user(user)
            facts = facts.search(own.action_open_uncounted()["domain"])
            self.assertEqual(sum(facts.mapped("amount")), 78.5)
        self.assertFalse(self.team.uncounted)

    def test_what_lies_below_a_place_is_counted(self):
        self.plan.target_ids.filtered("region_id").region_id = self.region_world
        self._start()
        self._record_sales((date(2026, 5, 1), 1000, self.north))
        self.assertEqual(self.own.uncounted, 0)

    def test_all_targets_of_the_person_count(self):
        south = self._create_target(
            parent_id=self.root.id,
            user_id=self.salesperson.id,
            region_id=self.region_south.id,
            amount=100,
        )
        pieces = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=10
        )
        self._start()
        elsewhere = {"team_id": self.team_other.id, "quantity": 2}
        self._record_sales(
            (date(2026, 5, 1), 70, {"region_id": self.region_south.id}),
            (date(2026, 5, 1), 8, elsewhere | {"region_id": self.region_north.id}),
        )
        self.assertEqual((self.own + south).mapped("uncounted"), [8, 8])
        self.assertEqual(pieces.uncounted, 0)

    def test_a_leader_sees_the_sum_and_opens_the_figures_of_the_own_team(self):
        """The gap analysis shows the sales of a person in other teams as well."""
        self._start()
        self._record_sales(
            (date(2026, 5, 1), 70, {"team_id": self.team_other.id}),
            (date(2026, 5, 1), 8, {"team_id": self.team_field.id}),
        )
        own = self.own.with_user(self.leader)
        self.assertEqual(own.uncounted, 78)
        facts = self.env["sales.fact"].with_user(self.leader)
        facts = facts.search(own.action_open_uncounted()["domain"])
        self.assertEqual(facts.mapped("amount"), [8])

    def test_many_people_take_as_many_queries_as_few(self):
        self._start()
        counts = []
        for targets in (self.own, self.plan.target_ids.filtered("user_id")):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            targets.mapped("uncounted")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
