# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine import FactDifferences
from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesFactProject(SalesTargetCommon):
    """The project is a dimension of figures and of targets (policy 2.1.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project, cls.other = cls.env["project.project"].create(
            [
                {
                    "name": name,
                    "partner_id": cls.customer_north.id,
                    "allow_billable": True,
                }
                for name in ("Test Metro", "Test Port")
            ]
        )
        cls.env["sales.mart"]._refresh()

    def _facts(self, document, source):
        self.env["sales.mart"]._refresh()
        return self.env["sales.fact"].search(
            [("res_id", "=", document.id), ("source", "=", source)]
        )

    def _confirm(self, project, **values):
        order = self._create_order(project_id=project.id, **values)
        order.with_user(self.salesperson).action_confirm()
        return order

    def test_order_invoice_and_collection_have_the_project_of_the_order(self):
        order = self._confirm(self.project)
        self.assertEqual(self._facts(order, "order").project_id, self.project)
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(self._facts(invoice, "invoice").project_id, self.project)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertEqual(self._facts(invoice, "payment").project_id, self.project)
        order.project_id = self.other
        for document, source in (
            (order, "order"),
            (invoice, "invoice"),
            (invoice, "payment"),
        ):
            self.assertEqual(self._facts(document, source).project_id, self.other)

    def test_a_deleted_project_leaves_the_figures(self):
        order = self._confirm(self.project)
        self.assertTrue(self._facts(order, "order").project_id)
        order.tasks_ids.unlink()
        self.project.unlink()
        self.assertFalse(self._facts(order, "order").project_id)

    def test_facts_equal_the_orders_of_each_project(self):
        for project, price in ((self.project, 100), (self.other, 70), (self.other, 5)):
            self._confirm(project, price=price)
        self._create_order(project_id=self.project.id)  # a quotation
        self._confirm(self.env["project.project"], price=1000)
        self.env["sales.mart"]._refresh()
        for source in self.env["sales.fact"]._get_sources():
            differences = FactDifferences(source).select()
            self.assertFalse(self.env.execute_query(differences), source._code)
        for project, amount in ((self.project, 100), (self.other, 75)):
            orders = self.env["sale.order"].search(
                [("project_id", "=", project.id), ("state", "=", "sale")]
            )
            self.assertEqual(sum(orders.mapped("amount_untaxed")), amount)
            scope = Scope(self.company.id, project_id=project.id)
            period = Period(date(2000, 1, 1), date(2100, 1, 1))
            values = self.ordered._evaluate([scope], [period])
            self.assertEqual(values[self.ordered.id, scope, period], amount)

    def test_the_order_costs_no_query_more(self):
        def count_queries(project):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            order = self._create_order(project_id=project.id)
            self.env.flush_all()
            created = self.env.cr.sql_log_count
            order.action_confirm()
            self.env.flush_all()
            return created - before, self.env.cr.sql_log_count - created

        triggers = """
            ALTER TABLE sale_order %s TRIGGER sales_mart_sale_order_sale_order_update
        """
        count_queries(self.project)
        with_trigger = count_queries(self.project)
        self.env.cr.execute(triggers % "DISABLE")
        self.assertEqual(count_queries(self.project), with_trigger)

    def test_an_opportunity_hands_its_project_to_its_quotations(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Signals",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.salesperson.id,
                "expected_revenue": 500,
                "sales_project_id": self.project.id,
            }
        )
        self.assertEqual(
            self._facts(lead, "opportunity").mapped("project_id"), self.project
        )
        context = lead.with_user(self.salesperson).action_new_quotation()["context"]
        form = Form(
            self.env["sale.order"].with_user(self.salesperson).with_context(**context)
        )
        with form.order_line.new() as line:
            line.product_id = self.product
        order = form.save()
        self.assertEqual(order.project_id, self.project)
        self.assertFalse(order.order_line.project_id)
        lead.sales_project_id = self.other
        self.assertEqual(
            self._facts(lead, "opportunity").mapped("project_id"), self.other
        )

    @freeze_time("2026-05-15")
    def test_a_target_of_a_project_is_measured_by_its_orders(self):
        target = self._create_target(
            parent_id=self.root.id, project_id=self.project.id, amount=1200
        )
        self.assertEqual(target.breakdown, "project")
        self.project.user_id = self.leader
        self.assertEqual(target.responsible_id, self.leader)
        self.root.gap_reason = "The rest is small"
        self.plan.action_submit()
        self.plan.action_start()
        for project, price in ((self.project, 240), (self.other, 999)):
            order = self._confirm(project, price=price)
            order.date_order = datetime(2026, 4, 2)
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(target)
        result = self.env["sales.target.result"].search(
            [("target_id", "=", target.id), ("period", "=", "year")]
        )
        self.assertEqual(result.project_id, self.project)
        self.assertEqual((result.actual, result.attainment), (240, 20))
        report = self.env["sales.target.report"].search(
            [("project_id", "=", self.project.id)]
        )
        self.assertEqual(sum(report.mapped("amount")), 1200)

    def test_a_target_is_broken_down_by_project(self):
        region = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id, amount=1000
        )
        self.other.partner_id = self.customer_nowhere
        form = Form(
            self.env["sales.target.cascade"]
            .with_user(self.director)
            .with_context(default_target_id=region.id)
        )
        form.dimension = "project_id"
        form.method = "equal"
        form.save().action_apply()
        self.assertEqual(region.child_ids.project_id, self.project)
        self.assertEqual(region.child_ids.amount, 1000)

    def test_a_project_lies_in_the_region_of_its_customer(self):
        region = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id
        )
        target = self._create_target(
            parent_id=region.id, project_id=self.project.id, amount=1
        )
        self.assertTrue(target)
        self.other.partner_id = self.customer_nowhere
        with self.assertRaisesRegex(ValidationError, "is outside the scope of"):
            self._create_target(parent_id=region.id, project_id=self.other.id)
