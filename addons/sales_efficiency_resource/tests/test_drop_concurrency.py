# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

DAY = date(2001, 6, 29)
# Killed as all results of a company are written
KILLED = f"""
from freezegun import freeze_time
drops = type(env["sales.customer.drop"])
test = drops._test
def test_and_die(self, company):
    test(self, company)
    die()
drops._test = test_and_die
with freeze_time("{DAY} 12:00:00"):
    env["sales.customer.drop"]._cron_test()
"""


@tagged("post_install", "-at_install")
class TestSalesDropConcurrency(ConcurrencyCommon):
    """The weekly job beside another one, and killed half way."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partners = env["res.partner"].create(
                [{"name": "drop test gone"}, {"name": "drop test market"}]
            )
            self.partner_ids = partners.ids
            self.company_id = env["res.company"].search([], limit=1, order="id").id
            self.tested = {}
            companies = env["res.company"].search([])
            for company in companies:
                self.tested[company.id] = company.sales_drop_date
            companies.sales_drop_date = DAY
            companies.browse(self.company_id).sales_drop_date = False
            env["sales.history.line"].create(
                [
                    {
                        "date": DAY - timedelta(days=days),
                        "amount": 100,
                        "recorded_as": "order",
                        "company_id": self.company_id,
                        "partner_id": partner.id,
                    }
                    for partner, numbers in zip(
                        partners,
                        (range(100, 400, 10), range(5, 400, 5)),
                        strict=True,
                    )
                    for days in numbers
                ]
            )
            env["sales.mart"]._refresh()

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            alerts = env["sales.alert"].search(
                [("res_model", "=", "res.partner"), ("res_id", "in", self.partner_ids)]
            )
            alerts.unlink()
            for company_id, day in self.tested.items():
                env["res.company"].browse(company_id).sales_drop_date = day
            env["sales.history.line"].search(
                [("partner_id", "in", self.partner_ids)]
            ).unlink()
            env["sales.mart"]._refresh()
            env["res.partner"].browse(self.partner_ids).unlink()

    def _get_results(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT state FROM sales_customer_drop WHERE partner_id = ANY(%s)"
                " ORDER BY partner_id",
                [self.partner_ids],
            )
            return [state for [state] in cr.fetchall()]

    def _get_to_dos(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            alerts = env["sales.alert"].search(
                [("res_model", "=", "res.partner"), ("res_id", "in", self.partner_ids)]
            )
            return len(alerts), len(alerts.activity_ids)

    @freeze_time(f"{DAY} 12:00:00")
    def test_two_jobs_at_once_give_one_result(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.mart"]._lock("sales_customer_drop")
            company = env["res.company"].browse(self.company_id)
            env["sales.customer.drop"]._test(company)
            self._run_beside(
                cr, lambda other: other["sales.customer.drop"]._cron_test()
            )
        self.assertEqual(self._get_results(), ["alert", "none"])

    @freeze_time(f"{DAY} 12:00:00")
    def test_a_job_that_is_killed_is_done_by_the_next(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].browse(self.company_id)
            env["sales.customer.drop"]._test(company)
            cr.rollback()
        self._assert_done_once()

    @freeze_time(f"{DAY} 12:00:00")
    def test_a_process_that_is_killed_leaves_it_to_the_next(self):
        self._run_killed(KILLED)
        self._assert_done_once()

    def _assert_done_once(self):
        self.assertEqual(self._get_results(), [])
        for _time in range(2):
            with self._connect() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["sales.customer.drop"]._cron_test()
            self.assertEqual(self._get_results(), ["alert", "none"])
        told = []
        for _time in range(2):
            with self._connect() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["sales.alert"]._cron_evaluate()
            told.append(self._get_to_dos())
        self.assertEqual(told[0][0], 1)
        self.assertEqual(told[1], told[0])
