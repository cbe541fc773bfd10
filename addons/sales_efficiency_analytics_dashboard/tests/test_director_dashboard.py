# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    menus_xml_ids_in_spreadsheet,
    odoo_charts,
)

from ..engine import MetricDomains
from ..engine.metric_domains import METRIC

ADDON = "sales_efficiency_analytics_dashboard"


@tagged("post_install", "-at_install")
class TestDirectorDashboard(SalesEfficiencyCommon):
    """The spreadsheet dashboard of the director (policy 6.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref(f"{ADDON}.spreadsheet_dashboard_director")
        cls.content = json.loads(cls.dashboard.spreadsheet_data)

    def _read_sample(self):
        with file_open(self.dashboard.sample_dashboard_file_path) as file:
            return json.load(file)

    def _get_sources(self):
        """:return: list of (model, source) of all pivots, lists and charts"""
        named = [*self.content["pivots"].values(), *self.content["lists"].values()]
        return [
            *((source["model"], source) for source in named),
            *(
                (chart["metaData"]["resModel"], chart["searchParams"])
                for chart in odoo_charts(self.content)
            ),
        ]

    # ------------------------------------------------------------------
    # What it shows
    # ------------------------------------------------------------------

    def test_every_field_exists(self):
        for model, names in fields_in_spreadsheet(self.content).items():
            for name in names:
                with self.subTest(model=model, field=name):
                    self._check_path(model, name)

    def test_filters_match_fields_of_their_model(self):
        comodels = {
            filter_["id"]: filter_.get("modelName")
            for filter_ in self.content["globalFilters"]
        }
        sources = [*self.content["pivots"].values(), *self.content["lists"].values()]
        matched = [(source["model"], source["fieldMatching"]) for source in sources]
        for chart in odoo_charts(self.content):
            matched.append((chart["metaData"]["resModel"], chart["fieldMatching"]))
        for model, matching in matched:
            for filter_, match in matching.items():
                field = self._check_path(model, match["chain"])
                with self.subTest(model=model, filter=filter_):
                    self.assertEqual(field.comodel_name, comodels[filter_])
                    self.assertEqual(field.type, match["type"])

    def _check_path(self, model, path):
        """:return: the field at the end of a path of names"""
        for name in path.split("."):
            self.assertIn(name, self.env[model]._fields)
            field = self.env[model]._fields[name]
            model = field.comodel_name
        return field

    def test_links_lead_to_screens_of_directors(self):
        menus = self.env["ir.ui.menu"].with_user(self.director)
        visible = menus._visible_menu_ids()
        for content in (self.content, self._read_sample()):
            for name in menus_xml_ids_in_spreadsheet(content):
                with self.subTest(menu=name):
                    self.assertIn(self.env.ref(name).id, visible)

    def test_the_director_may_read_all_of_it(self):
        for model, source in self._get_sources():
            records = self.env[model].with_user(self.director)
            with self.subTest(model=model, domain=source["domain"]):
                records.search_fetch(source["domain"], source.get("columns"), limit=8)

    def test_pivots_are_read_as_the_client_does(self):
        for pivot in self.content["pivots"].values():
            records = self.env[pivot["model"]].with_user(self.director)
            groupby = [row["fieldName"] for row in pivot["rows"]]
            measures = [measure["id"] for measure in pivot["measures"]]
            with self.subTest(pivot=pivot["id"]):
                records.formatted_read_group(pivot["domain"], groupby, measures)

    # ------------------------------------------------------------------
    # What it counts
    # ------------------------------------------------------------------

    def test_figures_count_what_their_metric_counts(self):
        facts = self.env["sales.fact"]
        count = 0
        for model, source in self._get_sources():
            if model != facts._name:
                continue
            metric = self.env.ref(source["context"][METRIC])
            with self.subTest(metric=metric.name):
                self.assertEqual(
                    Domain(source["domain"]).optimize(facts),
                    metric._get_facts_domain().optimize(facts),
                )
            count += 1
        self.assertGreater(count, 15)

    def test_whoever_changes_a_metric_changes_the_dashboard(self):
        metric = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        metric.write(
            {
                "event_ids": self.env.ref(
                    "sales_efficiency_base.sales_metric_event_confirmed"
                ).ids,
                "domain": f"[('categ_id', '=', {self.category.id})]",
            }
        )
        served = json.loads(self.dashboard._get_serialized_readonly_dashboard())
        facts = self.env["sales.fact"]
        for source in MetricDomains(self.env).get_sources(served["snapshot"]):
            if source["context"].get(METRIC, "").endswith("ordered_amount"):
                self.assertEqual(
                    Domain(source["domain"]).optimize(facts),
                    metric._get_facts_domain().optimize(facts),
                )

    def test_a_metric_that_is_gone_leaves_what_the_file_says(self):
        for name in ("sales_efficiency_base.no_such_metric", "base.main_company"):
            source = {"context": {METRIC: name}, "domain": [["event", "=", "won"]]}
            MetricDomains(self.env).apply({"pivots": {"1": source}})
            self.assertEqual(source["domain"], [["event", "=", "won"]])

    def test_dashboards_without_metrics_are_served_as_they_are(self):
        dashboard = self.dashboard.copy({"spreadsheet_data": '{"sheets": []}'})
        served = json.loads(dashboard._get_serialized_readonly_dashboard())
        self.assertEqual(served["snapshot"]["sheets"], [])

    # ------------------------------------------------------------------
    # Who sees it
    # ------------------------------------------------------------------

    def test_directors_see_it(self):
        dashboard = self.dashboard.with_user(self.director)
        self.assertTrue(dashboard.search([("id", "=", dashboard.id)]))
        menu = self.env.ref(f"{ADDON}.director_dashboard_menu")
        visible = self.env["ir.ui.menu"].with_user(self.director)._visible_menu_ids()
        self.assertIn(menu.id, visible)

    def test_leaders_and_salespeople_do_not(self):
        menu = self.env.ref(f"{ADDON}.director_dashboard_menu")
        for user in (self.leader, self.salesperson):
            with self.subTest(user=user.name):
                dashboard = self.dashboard.with_user(user)
                self.assertFalse(dashboard.search([("id", "=", dashboard.id)]))
                with self.assertRaises(AccessError):
                    dashboard.read(["spreadsheet_data"])
                visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                self.assertNotIn(menu.id, visible)

    # ------------------------------------------------------------------
    # Sample
    # ------------------------------------------------------------------

    def test_the_sample_looks_like_the_dashboard(self):
        shown, sample = self.content["sheets"][0], self._read_sample()["sheets"][0]
        titles = {
            name: text for name, text in shown["cells"].items() if "_menu)" in text
        }
        self.assertTrue(titles)
        self.assertEqual(titles, {name: sample["cells"][name] for name in titles})
        self.assertEqual(
            [(figure["id"], figure["offset"]) for figure in shown["figures"]],
            [(figure["id"], figure["offset"]) for figure in sample["figures"]],
        )
        for name in ("pivots", "lists", "globalFilters"):
            self.assertFalse(self._read_sample()[name], "a sample reads nothing")
