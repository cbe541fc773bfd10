# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

# Killed as the fifth file has been kept
KILLED = """
from odoo.addons.sales_efficiency_analytics.engine import MartExport
keep, kept = MartExport._keep, []
def keep_and_die(self):
    keep(self)
    kept.append(self)
    if len(kept) == 5:
        die()
MartExport._keep = keep_and_die
MartExport.batch_size = 1
env["sales.mart.export"]._cron_export()
"""


@tagged("post_install", "-at_install")
class TestExportConcurrency(ConcurrencyCommon):
    """An export that is killed half way, and two at once."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], order="id", limit=1)
            export = env["sales.mart.export"].create({"company_id": company.id})
            export._queue()
            self.export_id = export.id

    def _forget(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sales.mart.export"].browse(self.export_id).unlink()

    def _read(self):
        """:return: state of the export, and its numbers of files and attachments"""
        with self._connect() as cr:
            cr.execute(
                """
                SELECT export.state, COUNT(file.id),
                       (SELECT COUNT(*) FROM ir_attachment
                         WHERE res_model = 'sales.mart.export.file'
                           AND res_id IN (SELECT id FROM sales_mart_export_file
                                           WHERE export_id = export.id))
                  FROM sales_mart_export export
                  LEFT JOIN sales_mart_export_file file ON file.export_id = export.id
                 WHERE export.id = %s GROUP BY export.id
                """,
                [self.export_id],
            )
            return cr.fetchone()

    def _run(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            export = env["sales.mart.export"].browse(self.export_id)
            export._write_or_leave()

    def test_a_killed_export_leaves_nothing_half_done(self):
        self._run_killed(KILLED)
        self.assertEqual(self._read(), ("running", 0, 0))
        self._run()
        state, files, attachments = self._read()
        self.assertEqual((state, files), ("done", attachments))
        self.assertGreater(files, 5)

    def test_two_workers_do_not_write_the_same_export(self):
        with self._connect() as cr:
            cr.execute(
                "SELECT FROM sales_mart_export WHERE id = %s FOR UPDATE",
                [self.export_id],
            )
            self._run()
        self.assertEqual(self._read(), ("queued", 0, 0))
