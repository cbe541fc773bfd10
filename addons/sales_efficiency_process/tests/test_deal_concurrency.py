# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

from .deal_common import SIGNATURE


@tagged("post_install", "-at_install")
class TestDealConcurrency(ConcurrencyCommon):
    """Two at once sign once, renew once, and give one version a number."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            customer = env["res.partner"].create({"name": "Deal Customer"})
            today = fields.Date.today()
            contract = env["agreement"].create(
                {
                    "name": "Deal",
                    "partner_id": customer.id,
                    "start_date": today,
                    "end_date": today,
                    "user_id": SUPERUSER_ID,
                    "state": "sent",
                }
            )
            contract.text_file_id = contract.file_ids._keep(contract, "text", b"Text")
            order = env["sale.order"].create({"partner_id": customer.id})
            cr.commit()
            self.contract_id, self.order_id = contract.id, order.id
            self.customer_id, self.document_id = customer.id, contract.text_file_id.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            contracts = env["agreement"].search(
                [("partner_id", "=", self.customer_id)], order="id desc"
            )
            contracts.state = "cancelled"
            contracts.previous_id = False
            contracts.unlink()
            order = env["sale.order"].browse(self.order_id)
            order.with_context(disable_cancel_warning=True).action_cancel()
            order.unlink()
            env["sales.mart"]._refresh()
            env["res.partner"].browse(self.customer_id).unlink()
            cr.commit()

    def _browse(self, cr, model, id_):
        return api.Environment(cr, SUPERUSER_ID, {})[model].browse(id_)

    def test_two_clicks_sign_once(self):
        with self._connect() as cr:
            contract = self._browse(cr, "agreement", self.contract_id)
            contract._sign_for_customer("Nora", SIGNATURE, self.document_id)
            problems = []

            def sign(env):
                contract = env["agreement"].browse(self.contract_id)
                try:
                    contract._sign_for_customer("Somebody", SIGNATURE, self.document_id)
                except UserError as error:
                    problems.append(error)

            self._run_with_retry(cr, sign)
        with self._connect() as cr:
            contract = self._browse(cr, "agreement", self.contract_id)
            self.assertEqual(contract.customer_signed_by, "Nora")
        self.assertTrue(problems)

    def test_two_clicks_make_one_successor(self):
        with self._connect() as cr:
            self._browse(cr, "agreement", self.contract_id).state = "signed"
            cr.commit()
            self._browse(cr, "agreement", self.contract_id).action_renew()
            problems = []

            def renew(env):
                try:
                    env["agreement"].browse(self.contract_id).action_renew()
                except UserError as error:
                    problems.append(error)

            self._run_with_retry(cr, renew)
        with self._connect() as cr:
            contract = self._browse(cr, "agreement", self.contract_id)
            self.assertEqual(len(contract.successor_ids), 1)
        self.assertTrue(problems)

    def test_two_mails_keep_one_version(self):
        with self._connect() as cr:
            self._browse(cr, "sale.order", self.order_id).action_quotation_sent()
            self._run_with_retry(
                cr,
                lambda env: env["sale.order"].browse(self.order_id)._keep_versions(),
            )
        with self._connect() as cr:
            order = self._browse(cr, "sale.order", self.order_id)
            self.assertEqual(order.sales_version_ids.mapped("number"), [1])
            self.assertEqual(order.sales_version_ids.sent_count, 2)

    def _run_with_retry(self, cr, job):
        """Run a job beside an open transaction, as requests are: what meets a change of
        another transaction is repeated."""

        def run(env):
            try:
                with mute_logger("odoo.sql_db"):
                    job(env)
                    env.flush_all()
            except SerializationFailure:
                env.cr.rollback()
                env.invalidate_all(flush=False)
                job(env)
                env.flush_all()

        self._run_beside(cr, run)
