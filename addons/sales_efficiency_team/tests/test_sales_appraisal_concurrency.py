# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


class AppraisalConcurrencyCommon(ConcurrencyCommon):
    """A cycle of January 2001, in which the administrator is appraised."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            template = env["sales.appraisal.template"].create(
                {
                    "name": "concurrency test",
                    "rhythm": "month",
                    **self._prepare_template(env),
                }
            )
            team = env["crm.team"].create(
                {
                    "name": "concurrency test",
                    "user_id": env.ref("base.user_admin").id,
                }
            )
            cycle = env["sales.appraisal.cycle"].create(
                {"rhythm": "month", "date_from": "2001-01-01"}
            )
            self.ids = (template.id, team.id, cycle.id)
            cr.commit()

    def _prepare_template(self, env):
        metric = env.ref("sales_efficiency_base.sales_metric_conversion_rate")
        kpi = {
            "metric_id": metric.id,
            "weight": 100,
            "target_from": "value",
            "target_value": 50,
        }
        return {
            "part_ids": [Command.create({"kind": "kpi", "weight": 100})],
            "kpi_ids": [Command.create(kpi)],
        }

    def _forget(self):
        template_id, team_id, cycle_id = self.ids
        with self._connect() as cr:
            # Nobody but the owner of the database takes back what is closed.
            for table in ("sales_appraisal", *self._get_line_tables()):
                cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cr.execute("DELETE FROM sales_appraisal WHERE cycle_id = %s", [cycle_id])
            for table in ("sales_appraisal", *self._get_line_tables()):
                cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cr.execute("DELETE FROM sales_appraisal_cycle WHERE id = %s", [cycle_id])
            cr.execute(
                "DELETE FROM sales_appraisal_template WHERE id = %s", [template_id]
            )
            cr.execute("DELETE FROM crm_team WHERE id = %s", [team_id])
            cr.commit()

    def _get_line_tables(self):
        return [f"sales_appraisal_{name}" for name in ("kpi", "part", "mark")]


@tagged("post_install", "-at_install")
class TestSalesAppraisalConcurrency(AppraisalConcurrencyCommon):
    """Two who take a step of a cycle at once: one result."""

    # pylint: disable=invalid-commit

    def _take_beside(self, step):
        """Take a step of the cycle twice at once."""
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            getattr(env["sales.appraisal.cycle"].browse(self.ids[2]), step)()
            env.flush_all()

            def take(other):
                cycle = other["sales.appraisal.cycle"].browse(self.ids[2])
                with self.assertRaises(SerializationFailure):
                    getattr(cycle, step)()
                other.cr.rollback()

            self._run_beside(cr, take)

    @mute_logger("odoo.sql_db")
    def test_two_who_open_a_cycle_make_each_appraisal_once(self):
        self._take_beside("action_make")
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cycle = env["sales.appraisal.cycle"].browse(self.ids[2])
            users = cycle.appraisal_ids.user_id
            self.assertTrue(users)
            self.assertEqual(len(cycle.appraisal_ids), len(users))
            cycle.action_make()
            self.assertEqual(len(cycle.appraisal_ids), len(users))

    @mute_logger("odoo.sql_db")
    def test_two_who_close_a_cycle_close_it_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cycle = env["sales.appraisal.cycle"].browse(self.ids[2])
            cycle.action_start_rating()
            cycle.action_calibrate()
            cycle.action_tell()
            cycle.appraisal_ids.action_tell()
            cr.commit()
        self._take_beside("action_close")
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cycle = env["sales.appraisal.cycle"].browse(self.ids[2])
            self.assertEqual(cycle.state, "closed")
