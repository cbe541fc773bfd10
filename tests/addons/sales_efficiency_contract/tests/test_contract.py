# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


@tagged("post_install", "-at_install")
class TestContract(SalesEfficiencyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mart = cls.env["sales.mart"]
        cls.cold, cls.warm = cls.env["sales.store.check.kind"].create(
            [{"name": "Cold"}, {"name": "Warm"}]
        )
        cls._check(cls.cold, 2)
        cls._check(cls.warm, 5)
        cls._check(cls.warm, 0)
        cls.mart._refresh()

    @classmethod
    def _check(cls, kind, stars, **values):
        return cls.env["sales.store.check"].create(
            {
                "name": f"Store check {kind.name}",
                "date": "2026-05-10",
                "company_id": cls.company.id,
                "user_id": cls.salesperson.id,
                "partner_id": cls.customer_north.id,
                "kind_id": kind.id,
                "stars": stars,
                **values,
            }
        )

    def _metric(self, code):
        return self.env["sales.metric"].search([("code", "=", code)])

    def _measure(self, code, period=MAY, **dimensions):
        metric, scope = self._metric(code), Scope(self.company.id, **dimensions)
        return metric._evaluate([scope], [period])[metric.id, scope, period]

    def test_a_metric_sums_the_measure_by_the_dimension(self):
        self.assertEqual(self._measure("stars"), 7)
        self.assertEqual(self._measure("stars", kind_id=self.warm.id), 5)
        # Not of whole months: from the facts instead of the cells
        days = Period(date(2026, 5, 2), date(2026, 5, 20))
        self.assertEqual(self._measure("stars", days, kind_id=self.warm.id), 5)

    def test_a_metric_counts_the_documents_of_the_source(self):
        self.assertEqual(self._measure("store_checks"), 3)
        self.assertEqual(self._measure("store_checks", kind_id=self.warm.id), 2)

    def test_a_metric_is_computed_by_a_method(self):
        self.assertEqual(self._measure("days_since_check"), 21)

    def test_a_ratio_is_rounded_and_written_in_the_unit(self):
        ratio = self._metric("stars_per_check")
        self.assertEqual(ratio.unit, "stars")
        self.assertEqual(self._measure("stars_per_check"), 2.3)
        self.assertEqual(ratio._format(2.3), "2.3 stars")

    def test_a_director_defines_a_metric_of_the_measure(self):
        form = Form(self.env["sales.metric"].with_user(self.director))
        form.name = "Stars of Mine"
        form.kind = "sum"
        form.event_ids = self.env.ref(
            "sales_efficiency_contract.sales_metric_event_checked"
        )
        form.measure = "stars"
        metric = form.save()
        self.assertEqual(metric.unit, "stars")
        self.assertEqual(metric.formula, "Sum of Stars: Checked")

    def test_groups_of_figures_are_answered_from_the_cells(self):
        facts = self.env["sales.fact"]
        domain = [("event", "=", "checked"), ("company_id", "=", self.company.id)]
        aggregates = ["stars:sum", "stars:avg", "__count"]
        self.assertTrue(
            facts._from_cells(domain, ["kind_id"], aggregates).env.context.get(
                "sales_fact_groups"
            )
        )
        groups = facts._read_group(domain, ["kind_id"], aggregates)
        self.assertEqual(groups, [(self.cold, 2, 2.0, 1), (self.warm, 5, 5.0, 2)])

    def test_changes_follow_the_document(self):
        check = self._check(self.cold, 4)
        self.mart._refresh()
        self.assertEqual(self._measure("stars"), 11)
        check.stars = 1
        self.mart._refresh()
        self.assertEqual(self._measure("stars"), 8)
        check.unlink()
        self.mart._refresh()
        self.assertEqual(self._measure("stars"), 7)
        self.assertFalse(self.mart._repair_cells())

    def test_the_source_has_its_row_its_label_and_opens_its_documents(self):
        row = self.env.ref("sales_efficiency_contract.sales_mart_source_store_check")
        self.assertEqual(
            (row.name, row.code, row.fact_count), ("Store Checks", "store_check", 3)
        )
        check = self.env["sales.store.check"].search([], limit=1)
        fact = self.env["sales.fact"].search(
            [("source", "=", "store_check"), ("res_id", "=", check.id)]
        )
        self.assertEqual(fact.document, check)
        self.assertIn(("store_check", "Store Check"), fact._selection_source())
        self.assertIn("Checked", fact.display_name)
        self.mart._rebuild(["store_check"])
        self.assertEqual(self._measure("stars"), 7)
        self.assertFalse(self.mart._reconcile())

    @freeze_time("2026-05-18 12:00:00")
    def test_the_cockpit_has_the_panel_of_what_is_chosen(self):
        self._check(self.cold, 1, user_id=self.colleague.id)
        cockpit = self.env["sales.cockpit"]
        for user, count in ((self.director, 4), (self.salesperson, 3)):
            answer = cockpit.with_user(user).get_data(period="month")
            self.assertEqual(answer["panels"]["store_checks"], {"count": count})
        answer = cockpit.with_user(self.director).get_data(
            period="month", date_from="2026-04-01"
        )
        self.assertEqual(answer["panels"]["store_checks"], {"count": 0})

    def test_a_panel_is_kept_from_whoever_may_not_see_it(self):
        self.env["ir.model.access"].search(
            [("model_id.model", "=", "sales.store.check")]
        ).perm_read = False
        answer = self.env["sales.cockpit"].with_user(self.director).get_data()
        self.assertNotIn("store_checks", answer["panels"])

    def test_the_cockpit_asks_as_often_however_much_there_is(self):
        cockpit = self.env["sales.cockpit"].with_user(self.director)

        def ask():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cockpit.get_data()
            return self.env.cr.sql_log_count - before

        ask()  # fills the caches of the registry
        count = ask()
        for _number in range(20):
            self._check(self.warm, 3)
        self.mart._refresh()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(count):
            cockpit.get_data()
