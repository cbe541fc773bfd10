# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import threading
from collections import Counter

import psycopg2

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..engine import FactDifferences
from .concurrency_common import ConcurrencyCommon


@tagged("post_install", "-at_install")
class TestSalesMartConcurrency(ConcurrencyCommon):
    """Concurrent writers of the data mart, with lines of the sales history."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], limit=1)
            lines = env["sales.history.line"].create(
                [
                    {
                        "name": f"concurrency test {number}",
                        "date": fields.Date.to_date("2001-01-01"),
                        "company_id": company.id,
                        "amount": 1,
                    }
                    for number in range(8)
                ]
            )
            self.line_ids = lines.ids
            self._drain(cr)

    def _forget(self):
        with self._connect() as cr:
            cr.execute(
                "DELETE FROM sales_history_line WHERE name LIKE 'concurrency test %';"
                "DELETE FROM sales_mart_reconciliation WHERE month = '2001-01-01'"
            )
            cr.commit()
            self._drain(cr)

    def _drain(self, cr):
        cr.commit()
        mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
        while mart._refresh_batch():
            cr.commit()
        cr.commit()

    def _assert_exact(self):
        with self._connect() as cr:
            self._drain(cr)
            env = api.Environment(cr, SUPERUSER_ID, {})
            source = env["sales.fact.source.history"]
            self.assertFalse(env.execute_query(FactDifferences(source).select()))
            self.assertFalse(env["sales.mart"]._repair_cells())
            rows = env.execute_query(
                SQL(
                    "SELECT SUM(amount) FROM sales_fact"
                    " WHERE source = 'history' AND res_id = ANY(%s)"
                    " UNION ALL"
                    " SELECT SUM(amount) FROM sales_history_line WHERE id = ANY(%s)",
                    self.line_ids,
                    self.line_ids,
                )
            )
            self.assertEqual(rows[0], rows[1])

    def _update(self, cr, line_id, amount):
        cr.execute(
            "UPDATE sales_history_line SET amount = %s WHERE id = %s", [amount, line_id]
        )

    def test_a_change_that_commits_after_the_refresh_is_not_lost(self):
        with self._connect() as slow, self._connect() as fast:
            self._update(slow, self.line_ids[0], 100)
            self._update(fast, self.line_ids[1], 200)
            fast.commit()
            with self._connect() as cr:
                self._drain(cr)
            slow.commit()
        self._assert_exact()

    def test_a_refresh_killed_half_way_loses_nothing(self):
        with self._connect() as cr:
            self._update(cr, self.line_ids[0], 300)
            cr.commit()
        with self._connect() as cr:
            mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
            self.assertTrue(mart._refresh_batch())
            cr.rollback()
        self._assert_exact()

    def _run_beside_a_refresh(self, job):
        with self._connect() as cr:
            self._update(cr, self.line_ids[0], 400)
            cr.commit()
            mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
            self.assertTrue(mart._refresh_batch())
            self._run_beside(cr, job)

    def test_nightly_check_beside_a_refresh_repairs_all(self):
        with self._connect() as cr:
            for line_id in self.line_ids[1:3]:
                cr.execute(
                    "UPDATE sales_fact SET amount = amount + 1"
                    " WHERE source = 'history' AND res_id = %s",
                    [line_id],
                )
            cr.commit()
        cron = self.env.ref("sales_efficiency_base.ir_cron_sales_mart_reconcile")
        self._run_beside_a_refresh(
            lambda env: cron.with_env(env).method_direct_trigger()
        )
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found = env["sales.mart.reconciliation"].search(
                [("month", "=", "2001-01-01")]
            )
            self.assertEqual(found.mapped("documents"), [2])
        self._assert_exact()

    def test_rebuild_beside_a_refresh_is_exact(self):
        self._run_beside_a_refresh(lambda env: env["sales.mart"]._rebuild())
        self._assert_exact()

    @mute_logger("odoo.sql_db")  # expected serialization failures
    def test_writers_and_refreshers_at_once_stay_exact(self):
        failures = []
        committed = Counter()

        def run(job, seed):
            rng = random.Random(seed)
            try:
                for _ in range(25):
                    with self._connect() as cr:
                        try:
                            job(cr, rng)
                            cr.commit()
                            committed[job] += 1
                        except psycopg2.OperationalError:
                            cr.rollback()  # a serialization failure
            except Exception as error:  # pylint: disable=broad-except
                failures.append(error)

        def write(cr, rng):
            for line_id in rng.sample(self.line_ids, 3):
                self._update(cr, line_id, rng.randint(1, 1000))

        def refresh(cr, rng):
            mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
            mart._refresh_batch(limit=rng.randint(1, 5))

        threads = [
            threading.Thread(target=run, args=(job, seed))
            for seed, job in enumerate([write, write, write, refresh, refresh])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            self.assertFalse(thread.is_alive())
        self.assertFalse(failures)
        self.assertTrue(committed[write] and committed[refresh])
        self._assert_exact()
