# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_sales_target_plan_figures import PlanFiguresCommon


@tagged("post_install", "-at_install")
class TestSalesTargetPlanChanges(PlanFiguresCommon):
    """Each submission keeps a version; later figures are compared with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root.gap_reason = "Reserve"
        cls.plan.with_user(cls.director).action_submit()
        cls.plan.action_draft()

    def _compare(self, user, *versions):
        return self.plan.with_user(user).get_changes(*versions)

    def _changes(self, user, *versions):
        return {
            row["name"]: (row["before"], row["after"])
            for row in self._compare(user, *versions)["rows"]
        }

    def test_a_plan_that_was_never_submitted_has_no_versions(self):
        plan = self.plan.copy({"date_from": date(2027, 1, 1)})
        changes = plan.with_user(self.director).get_changes()
        self.assertEqual((changes["versions"], changes["rows"]), ([], []))

    def test_what_has_changed_since_the_last_version_is_listed(self):
        self.assertFalse(self._changes(self.director))
        self.mine.amount = 360_000
        self.other.unlink()
        self._create_target(parent_id=self.root.id, categ_id=self.category.id, amount=5)
        self.assertEqual(
            self._changes(self.director),
            {
                "Test Salesperson · Test Field": (300_000, 360_000),
                "Test Colleague · Test Field": (300_000, None),
                "Test Line": (None, 5),
            },
        )
        [row] = [
            row for row in self._compare(self.director)["rows"] if row["after"] == 36e4
        ]
        self.assertEqual((row["difference"], row["percent"]), (60_000, 20))
        self.assertEqual(row["month_count"], 12)

    def test_the_months_count_even_if_the_year_stays(self):
        months = self.mine.month_ids.sorted("month")
        months[0].amount, months[1].amount = 20_000, 30_000
        [row] = self._compare(self.director)["rows"]
        self.assertEqual((row["difference"], row["month_count"]), (0, 2))

    def test_a_target_made_anew_with_the_same_scope_has_not_changed(self):
        values = self.other.copy_data()[0]
        self.other.unlink()
        self._create_target(**{**values, "amount": 300_000, "spread": "parent"})
        self.assertFalse(self._changes(self.director))

    def test_the_approver_sees_what_differs_from_the_version_before(self):
        self.mine.amount = 360_000
        self.team.gap_reason = "Reserve"
        self.plan.action_submit()
        changes = self._compare(self.director)
        self.assertEqual(len(changes["versions"]), 2)
        self.assertIn("Version 1", changes["versions"][1]["name"])
        self.assertEqual(
            self._changes(self.director),
            {"Test Salesperson · Test Field": (300_000, 360_000)},
        )

    def test_two_versions_are_compared(self):
        self.mine.amount = 360_000
        self.team.gap_reason = "Reserve"
        self.plan.action_submit()
        self.plan.action_draft()
        self.mine.amount = 1
        second, first = (
            version["id"] for version in self._compare(self.director)["versions"]
        )
        self.assertEqual(
            self._changes(self.director, first, second),
            {"Test Salesperson · Test Field": (300_000, 360_000)},
        )
        self.assertEqual(
            self._changes(self.director, first),
            {"Test Salesperson · Test Field": (300_000, 1)},
        )

    def test_nobody_sees_changes_of_others(self):
        (self.mine | self.other | self.root).amount = 1
        changes = self._changes(self.salesperson)
        self.assertEqual(set(changes), {"Test Salesperson · Test Field"})
        self.assertEqual(len(self._changes(self.leader)), 2)
        self.assertEqual(len(self._changes(self.director)), 3)
        self.assertFalse(self._changes(self.outsider))
        self.other.unlink()
        self.assertEqual(len(self._changes(self.leader)), 1)
        with self.assertRaises(AccessError):
            self._compare(self.env.ref("base.public_user"))
        versions = self.env["sales.target.plan.version"].search([])
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                versions.with_user(user).read(["figures"])
        with self.assertRaises(AccessError):
            versions.with_user(self.director).figures = []

    def test_versions_of_another_plan_are_not_compared(self):
        other = self.plan.copy({"date_from": date(2027, 1, 1)})
        self._create_target(plan_id=other.id, amount=12)
        other.action_submit()
        [version] = other.get_changes()["versions"]
        self.assertEqual(
            self._compare(self.director, version["id"]), self._compare(self.director)
        )
        for nonsense in ("x", [1], {}, -1, float("nan")):
            with self.subTest(nonsense):
                self.assertEqual(
                    self._compare(self.director, nonsense, nonsense),
                    self._compare(self.director),
                )
