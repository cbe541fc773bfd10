# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_base.tests.import_common import ImportCommon

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestUiFirstDay(ImportCommon, SalesTargetCommon, HttpCase):
    """The sales director gets own figures without reading a manual."""

    def setUp(self):
        super().setUp()
        # There is no scheduler in tests.
        imports, plans = (
            self.registry["sales.import"],
            self.registry["sales.target.plan"],
        )
        action_import, action_start = imports.action_import, plans.action_start

        def import_at_once(record):
            action = action_import(record)
            record._run()
            self.env["sales.mart"]._refresh()
            return action

        def start_at_once(plan):
            action = action_start(plan)
            self.env["sales.target.result"]._refresh(plan.sudo().target_ids)
            return action

        self.patch(imports, "action_import", import_at_once)
        self.patch(plans, "action_start", start_at_once)

    def test_director_imports_targets(self):
        self.plan.name = "Targets 2026"
        self.start_tour(
            "/odoo/sales-target-import", "sales_import_targets", login="test_director"
        )
        targets = self.plan.target_ids.filtered("user_id").sorted("amount")
        self.assertEqual(targets.user_id, self.colleague + self.amy)
        self.assertEqual(targets.mapped("amount"), [60, 600])
        self.assertEqual(targets.parent_id, self.root)

    def test_from_an_empty_company_to_own_figures_in_15_clicks(self):
        company = self.env["res.company"].create(
            {"name": "New Company", "sales_tz": "UTC"}
        )
        self.director.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        self.start_tour("/odoo", "sales_first_day", login="test_director")
        plan = self.env["sales.target.plan"].search([("company_id", "=", company.id)])
        self.assertRecordValues(plan, [{"state": "running"}])
        self.assertRecordValues(plan.target_ids, [{"amount": 12_000, "actual": 500}])
