# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tests import tagged
from odoo.tools import mute_logger

from .concurrency_common import ConcurrencyCommon

EMAIL = "concurrency.test@example.com"


@tagged("post_install", "-at_install")
class TestSalesAnswerConcurrency(ConcurrencyCommon):
    """Two jobs that would ask one customer at the same time."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partner = env["res.partner"].create({"name": "Buyer", "email": EMAIL})
            self.partner_id = partner.id
            self.company_id = env.company.id
            cr.commit()

    def _forget(self):
        with self._connect() as cr:
            cr.execute("DELETE FROM sales_answer_contact WHERE email = %s", [EMAIL])
            cr.execute("DELETE FROM res_partner WHERE id = %s", [self.partner_id])
            cr.commit()

    def _claim(self, env):
        claimed = env["sales.answer.contact"]._claim(
            env["res.company"].browse(self.company_id),
            env["res.partner"].browse(self.partner_id),
        )
        env.flush_all()
        return claimed

    @mute_logger("odoo.sql_db")
    def _claim_beside(self, env):
        try:
            self.claims.append(bool(self._claim(env)))
        except (UniqueViolation, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            env.cr.rollback()
            self.claims.append(False)

    def _assert_one_claims(self):
        self.claims = []
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.claims.append(bool(self._claim(env)))
            self._run_beside(cr, self._claim_beside)
        self.assertEqual(self.claims, [True, False])

    def test_one_job_asks_somebody_new(self):
        self._assert_one_claims()

    def test_one_job_asks_again_after_the_pause(self):
        with self._connect() as cr:
            self._claim(api.Environment(cr, SUPERUSER_ID, {}))
            cr.execute(
                "UPDATE sales_answer_contact SET asked_on = '2020-01-01'"
                " WHERE email = %s",
                [EMAIL],
            )
            cr.commit()
        self._assert_one_claims()
