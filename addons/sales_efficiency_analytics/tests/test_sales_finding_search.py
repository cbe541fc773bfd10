# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

import psycopg2

from odoo.tests import Form, freeze_time, mute_logger, tagged

from .finding_common import FindingCommon

JOBS = "odoo.addons.sales_efficiency_base.tools.each_alone"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFindingSearch(FindingCommon):
    # ------------------------------------------------------------------
    # What is expected
    # ------------------------------------------------------------------

    def _promise_second_month(self):
        """Have a plan with a target for September alone."""
        self._promise(of_company=300)
        self.env["sales.target.result"].search(
            [
                ("company_id", "=", self.company.id),
                ("period", "=", "month"),
                ("date_from", "=", date(2026, 8, 1)),
            ]
        ).unlink()
        self.env.flush_all()

    def test_a_target_of_one_month_alone_is_not_expected(self):
        """Last year says 50 and 50, the target of September 100."""
        self._sell(self.region_south, 500, 500, year=2025)
        self._sell(self.region_south, 500, 500)
        self._sell(self.region_north, 50, 50, year=2025)
        self._sell(self.region_north, 40, 48)
        self._promise_second_month()
        slow = self._find_slow().filtered(
            lambda finding: finding.region_id == self.region_north
        )
        self.assertFalse(slow)

    def test_an_unknown_growth_is_not_shown(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        with Form(self._find_slow().with_user(self.director)) as form:
            for name in ("growth", "company_growth"):
                self.assertTrue(form._get_modifier(name, "invisible"), name)

    # ------------------------------------------------------------------
    # The job
    # ------------------------------------------------------------------

    def _run_job(self, failures):
        """Run the job with two companies, the first of which fails.

        :param list failures: what is raised in turn
        """
        second = self.env["res.company"].create({"name": "Test Second Company"})
        self._create_history(
            (date(2026, 9, 5), 10, {"company_id": second.id}),
        )
        self._sell(self.region_north, 10, 10)
        companies = self.company | second
        companies.sales_finding_month = False
        self.env.flush_all()
        find = type(self.findings)._find

        def fail(findings, company, day=None):
            if company == self.company and failures:
                raise failures.pop()
            return find(findings, company, day)

        job = self.env.ref("sales_efficiency_analytics.ir_cron_findings")
        with (
            patch.object(type(self.findings), "_find", fail),
            self.enter_registry_test_mode(),
        ):
            job.method_direct_trigger()
        self.env.invalidate_all()
        return [company._is_finding_due() for company in companies]

    @mute_logger(JOBS)
    def test_a_company_that_fails_keeps_no_other_waiting(self):
        self.assertEqual(self._run_job([ValueError("Oops")]), [True, False])

    def test_a_search_that_meets_an_edit_is_begun_again(self):
        failures = [psycopg2.errors.SerializationFailure()]
        self.assertEqual(self._run_job(failures), [False, False])
