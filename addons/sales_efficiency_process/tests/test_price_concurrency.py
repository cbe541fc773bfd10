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
class TestPriceConcurrency(ConcurrencyCommon):
    """Two approvals at once: the request is decided once."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            product = env["product.product"].create(
                {"name": "concurrency test", "standard_price": 70, "taxes_id": []}
            )
            partner = env["res.partner"].create({"name": "concurrency test"})
            floor = env["sales.price.floor"].create(
                {
                    "basis": "margin",
                    "least_margin": 20,
                    "product_tmpl_id": product.product_tmpl_id.id,
                }
            )
            order = env["sale.order"].create(
                {
                    "partner_id": partner.id,
                    "order_line": [
                        Command.create({"product_id": product.id, "price_unit": 85})
                    ],
                }
            )
            request = env["sales.price.request"].create(
                {"order_id": order.id, "reason": "concurrency test"}
            )
            request.action_submit()
            self.ids = (product.id, partner.id, floor.id, order.id, request.id)
            cr.commit()

    def _forget(self):
        product, partner, floor, order, _request = self.ids
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["sale.order"].browse(order).unlink()
            env["sales.price.floor"].browse(floor).unlink()
            env["product.product"].browse(product).product_tmpl_id.unlink()
            env["res.partner"].browse(partner).unlink()
            cr.commit()

    def _approve(self, env):
        request = env["sales.price.request"].browse(self.ids[-1])
        [reviewer] = request.review_ids.reviewer_ids[:1]
        request.with_user(reviewer)._validate_tier()

    def test_who_approves_twice_at_once_decides_once(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._approve(env)
            env.flush_all()

            def approve(other):
                try:
                    with mute_logger("odoo.sql_db"):
                        self._approve(other)
                        other.flush_all()
                except SerializationFailure:
                    # Odoo repeats a request that came second.
                    other.cr.rollback()
                    other.invalidate_all()
                    self._approve(other)

            self._run_beside(cr, approve)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            request = env["sales.price.request"].browse(self.ids[-1])
            self.assertEqual(request.state, "approved")
            self.assertEqual(request.review_ids.mapped("status"), ["approved"])
            done = request.with_context(active_test=False).activity_ids
            self.assertFalse(done.filtered("active"))
