# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..engine.findings import Window
from .finding_common import DAY, FindingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFindingLife(FindingCommon):
    """Findings come, stay and go; jobs and screens."""

    def test_it_stays_the_same_finding_until_it_is_over(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        first = self._find_slow()
        self._sell(self.region_north, 1, 0)
        self._refresh()
        self.assertEqual(self._find_slow(), first)
        self.assertEqual(first.money, 26)
        self._sell(self.region_north, 20, 20)
        self._refresh()
        self.assertFalse(self._find_slow())
        self.assertEqual(first.state, "closed")
        self.assertEqual(first.date_closed, DAY)
        self._sell(self.region_north, -20, -20)
        self._refresh()
        again = self._find_slow()
        self.assertTrue(again)
        self.assertNotEqual(again, first)

    def test_what_is_set_aside_is_not_found_again(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow()
        finding.with_user(self.director).action_set_aside()
        self.assertFalse(self._find_slow())
        self.assertEqual(finding.state, "aside")
        finding.with_user(self.director).action_take_up()
        self.assertEqual(self._find_slow(), finding)

    def test_nothing_is_found_without_figures(self):
        self.assertFalse(self._find())

    def test_the_largest_comes_first(self):
        for region, now in ((self.region_north, 50), (self.region_south, 80)):
            self._sell(region, 100, 100, year=2025)
            self._sell(region, now, now)
        self._sell(self.region_world, 100, 100, year=2025)
        self._sell(self.region_world, 400, 400)
        money = self._find().mapped("money")
        self.assertEqual(money, sorted(money, reverse=True))
        self.assertGreater(len(money), 1)

    def test_queries_do_not_depend_on_the_number_of_places(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._find()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self._sell(self.region_south, 9000, 9000, year=2025)
        self._sell(self.region_south, 9000, 9000)
        self._sell(self.region_north, 100, 100, year=2025)
        self._sell(self.region_north, 10, 10)
        count()
        few = count()
        for number in range(15):
            categ = self.env["product.category"].create({"name": f"Line {number}"})
            self._sell(self.region_north, 100, 100, year=2025, categ_id=categ.id)
            self._sell(self.region_north, 10, 10, categ_id=categ.id)
        count()
        self.assertGreater(self.findings.search_count([]), 15)
        self.assertLessEqual(count(), few + 3)

    def test_the_metric_is_that_of_the_targets(self):
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        window = Window.before(DAY)
        self.assertEqual(self.findings._get_metric(self.company, window), self.ordered)
        self.root.metric_id = invoiced
        self._start()
        self._refresh()
        self.assertEqual(self.findings._get_metric(self.company, window), invoiced)

    # ------------------------------------------------------------------
    # Jobs and screens
    # ------------------------------------------------------------------

    def test_a_company_is_searched_once_a_month(self):
        self.company.sales_finding_month = False
        self._sell(self.region_north, 100, 100, year=2025)
        self._sell(self.region_north, 10, 10)
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_south, 150, 150)
        self.assertTrue(self.company._is_finding_due())
        self._run_job()
        self.assertTrue(self.findings.search([("company_id", "=", self.company.id)]))
        self.assertFalse(self.company._is_finding_due())
        with freeze_time("2026-11-01 12:00:00"):
            self.assertTrue(self.company._is_finding_due())

    def _run_job(self):
        job = self.env.ref("sales_efficiency_analytics.ir_cron_findings")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def test_only_directors_start_the_search(self):
        self.company.sales_finding_month = date(2026, 9, 1)
        with self.assertRaises(UserError):
            self.findings.with_user(self.leader).action_find_now()
        self.findings.with_user(self.director).action_find_now()
        self.assertTrue(self.company._is_finding_due())

    def test_the_gap_analysis_is_one_click_away(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow().with_user(self.director)
        self.assertTrue(finding.has_gap_analysis)
        action = finding.action_open_gap_analysis()
        gap = (
            self.env["sales.target.gap"]
            .with_user(self.director)
            .with_context(**action["context"])
            .new()
        )
        self.assertEqual(gap.target_id.region_id, self.region_north)
        self.assertEqual((gap.date_from, gap.actual), (date(2026, 9, 1), 88))

    def test_the_gap_analysis_is_that_of_the_narrowest_target_around_it(self):
        """The target of World is broken down by region, where North is."""
        self.root.amount = 600
        world = self._create_target(
            amount=600, region_id=self.region_world.id, categ_id=self.category.id
        )
        self._start()
        self._refresh()
        self._sell(self.region_north, 100, 100, year=2025)
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_north, 20, 20)
        self._sell(self.region_south, 100, 100)
        finding = self._find_slow().with_user(self.director)
        self.assertEqual(finding.region_id, self.region_north)
        self.assertEqual((finding.target_id, finding.basis), (world, "last_year"))
        context = finding.action_open_gap_analysis()["context"]
        self.assertEqual(context["default_target_id"], world.id)
        # A leader in charge of neither is not offered it.
        self.assertFalse(finding.with_user(self.leader).has_gap_analysis)
        with self.assertRaises(AccessError):
            finding.with_user(self.leader).action_open_gap_analysis()

    def test_without_target_there_is_no_gap_analysis(self):
        self._sell(self.region_north, 100, 100, year=2025)
        self._sell(self.region_north, 10, 10)
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_south, 150, 150)
        finding = self._find_slow().with_user(self.director)
        self.assertFalse(finding.has_gap_analysis)
        with self.assertRaises(UserError):
            finding.action_open_gap_analysis()

    def test_the_figures_are_those_of_the_place(self):
        self._sell(self.region_north, 85, 88)
        self._sell(self.region_south, 85, 88)
        self._promise(of_company=346 + 300)
        action = self._find_slow().with_user(self.director).action_open_figures()
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(sorted(facts.mapped("amount")), [85, 88])
