# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.engine import bulk_create

from . import (
    test_sales_target,
    test_sales_target_cascade,
    test_sales_target_distribution,
    test_sales_target_import,
    test_sales_target_plan,
)


class WithoutBulkCreate:
    """Runs the same tests with the ORM alone, without bulk creation."""

    @classmethod
    def setUpClass(cls):
        cls.startClassPatcher(patch.object(bulk_create, "IS_USED", False))
        super().setUpClass()


@tagged("post_install", "-at_install")
class TestSalesTarget(WithoutBulkCreate, test_sales_target.TestSalesTarget):
    def test_the_orm_has_made_the_tree(self):
        part = self._create_target(
            parent_id=self.root.id, team_id=self.team_field.id, amount=12
        )
        self.assertEqual(part.parent_path, f"{self.root.id}/{part.id}/")
        self.assertEqual(part.level, 1)
        self.assertEqual(self._amounts(part), [1] * 12)


@tagged("post_install", "-at_install")
class TestSalesTargetCascade(
    WithoutBulkCreate, test_sales_target_cascade.TestSalesTargetCascade
):
    pass


@tagged("post_install", "-at_install")
class TestSalesTargetDistribution(
    WithoutBulkCreate, test_sales_target_distribution.TestSalesTargetDistribution
):
    pass


@tagged("post_install", "-at_install")
class TestSalesTargetImport(
    WithoutBulkCreate, test_sales_target_import.TestSalesTargetImport
):
    pass


@tagged("post_install", "-at_install")
class TestSalesTargetPlan(
    WithoutBulkCreate, test_sales_target_plan.TestSalesTargetPlan
):
    pass
