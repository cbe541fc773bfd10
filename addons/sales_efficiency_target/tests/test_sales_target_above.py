# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetAbove(SalesTargetCommon):
    """Parent targets, as far as visible to salespeople."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team_target = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.own = cls._create_target(
            parent_id=cls.team_target.id, user_id=cls.salesperson.id, amount=300_000
        )
        cls.other = cls._create_target(
            parent_id=cls.team_target.id, user_id=cls.colleague.id, amount=300_000
        )
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    def _seen(self, model, name="target_id"):
        records = self.env[model].with_user(self.salesperson).search([])
        return records[name] if name else records

    def _assert_seen(self, targets):
        self.assertEqual(self._seen("sales.target", None), targets)
        for model in (
            "sales.target.month",
            "sales.target.result",
            "sales.target.report",
        ):
            self.assertEqual(self._seen(model).sorted(), targets, model)

    def test_only_names_are_seen_unless_the_company_shows_more(self):
        self._assert_seen(self.own)
        own = self.own.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            self.assertTrue(own.parent_id.amount)
        [values] = own.web_read({"parent_id": {"fields": {"display_name": {}}}})
        self.assertIn("Test Field", values["parent_id"]["display_name"])

    def test_a_tree_begins_at_what_is_seen(self):
        targets = self.env["sales.target"].with_user(self.salesperson)
        shown = {"display_name": {}, "child_ids": {}}
        shown["parent_id"] = {"fields": {"display_name": {}}}
        part = self._create_target(
            parent_id=self.own.id,
            user_id=self.salesperson.id,
            categ_id=self.category.id,
            amount=10_000,
        )
        rows = targets.hierarchy_read(
            [("id", "=", self.own.id)], shown, "parent_id", "child_ids"
        )
        self.assertEqual([row["id"] for row in rows], [self.own.id, part.id])
        self.assertEqual(
            [row["parent_id"] and row["parent_id"]["id"] for row in rows],
            [False, self.own.id],
        )

    def test_figures_above_are_seen_where_the_company_shows_them(self):
        self.company.sales_target_show_above = True
        self._assert_seen(self.root + self.team_target + self.own)
        own = self.own.with_user(self.salesperson)
        self.assertEqual(own.parent_id.parent_id.amount, 1_200_000)

    def test_a_figure_above_is_not_to_be_changed(self):
        self.company.sales_target_show_above = True
        leaders = self.team_department
        self.assertEqual(leaders.user_id, self.leader)
        target = self._create_target(
            parent_id=self.root.id, team_id=leaders.id, amount=100_000
        )
        root = target.with_user(self.leader).parent_id
        self.assertEqual(root.amount, 1_200_000)
        with self.assertRaises(AccessError):
            root.gap_reason = "Mine"

    def test_what_is_seen_follows_the_tree(self):
        self.company.sales_target_show_above = True
        self._assert_seen(self.root + self.team_target + self.own)
        self.own.parent_id = self.root
        self._assert_seen(self.root + self.own)

    def test_another_company_does_not_show_what_this_one_does(self):
        other = self.env["res.company"].create({"name": "Other"})
        other.sales_target_show_above = True
        self.salesperson.company_ids += other
        user = self.salesperson
        targets = self.env["sales.target"].with_user(user)
        companies = (self.company + other).ids
        seen = targets.with_context(allowed_company_ids=companies).search([])
        self.assertEqual(seen, self.own)
