# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)


@tagged("post_install", "-at_install")
class TestNeedConcurrency(ConcurrencyCommon):
    """Two who press *New Version* make one."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            customer = env["res.partner"].create({"name": "Need Customer"})
            solution = env["sales.solution"].create(
                {
                    "name": "Twice",
                    "partner_id": customer.id,
                    "answer_ids": [Command.create({"name": "A need"})],
                }
            )
            solution.action_present()
            cr.commit()
            self.solution_id, self.customer_id = solution.id, customer.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            versions = self._versions(env)
            versions.write({"state": "draft"})
            versions.unlink()
            env["res.partner"].browse(self.customer_id).unlink()
            cr.commit()

    def _versions(self, env):
        return env["sales.solution"].search([("partner_id", "=", self.customer_id)])

    def test_two_at_once_make_one_version(self):
        def press(env):
            solution = env["sales.solution"].browse(self.solution_id)
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                solution.action_new_version()
            # Odoo repeats the request, which then finds the version replaced.
            env.cr.rollback()

        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            env["sales.solution"].browse(self.solution_id).action_new_version()
            env.flush_all()
            self._run_beside(cr, press)
        with self._connect() as cr:
            versions = self._versions(api.Environment(cr, SUPERUSER_ID, {}))
            self.assertEqual(sorted(versions.mapped("version")), [1, 2])
