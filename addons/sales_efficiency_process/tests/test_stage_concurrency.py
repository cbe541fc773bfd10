# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import pairwise

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestStageConcurrency(ConcurrencyCommon):
    """Two who move an opportunity at once leave one unbroken history."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            stages = env["crm.stage"].create(
                [{"name": f"Race {number}", "sequence": 950} for number in range(3)]
            )
            lead = env["crm.lead"].create(
                {"name": "Race", "type": "opportunity", "stage_id": stages[0].id}
            )
            cr.commit()
            self.lead_id, self.stage_ids = lead.id, stages.ids
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["crm.lead"].browse(self.lead_id).unlink()
            env["crm.stage"].browse(self.stage_ids).unlink()
            env["sales.mart"]._refresh()
            cr.commit()

    def test_plain_sql_waits_and_goes_on_from_there(self):
        move = "UPDATE crm_lead SET stage_id = %s WHERE id = %s"
        first, second, third = self.stage_ids

        def run(env):
            # As other programs do, which do not repeat what failed
            env.cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            env.cr.execute(move, [third, self.lead_id])

        with self._connect() as cr:
            cr.execute(move, [second, self.lead_id])
            self._run_beside(cr, run)
        self._assert_unbroken(first, second, third)

    def test_who_began_earlier_and_came_later_is_later(self):
        move = "UPDATE crm_lead SET stage_id = %s WHERE id = %s"
        first, second, third = self.stage_ids
        with self._connect() as early, self._connect() as late:
            early.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            early.execute("SELECT now()")
            late.execute(move, [second, self.lead_id])
            late.commit()
            early.execute(move, [third, self.lead_id])
            early.commit()
        self._assert_unbroken(first, second, third)

    def _assert_unbroken(self, first, second, third):
        with self._connect() as cr:
            cr.execute(
                "SELECT stage_id, left_at IS NULL, entered_at, left_at"
                "  FROM sales_stage_history WHERE lead_id = %s ORDER BY id",
                [self.lead_id],
            )
            rows = cr.fetchall()
        self.assertEqual(
            [row[:2] for row in rows], [(first, False), (second, False), (third, True)]
        )
        for before, after in pairwise(rows):
            self.assertLessEqual(before[3], after[2])
