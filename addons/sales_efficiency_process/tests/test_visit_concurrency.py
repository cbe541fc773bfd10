# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

from .visit_common import HERE

READING = {"latitude": HERE[0], "longitude": HERE[1], "accuracy": 10}


@tagged("post_install", "-at_install")
class TestVisitConcurrency(ConcurrencyCommon):
    """Whoever taps twice checks in once, and two jobs ask once."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            person = env.ref("sales_efficiency_base.group_sales_person")
            user = env["res.users"].create(
                {
                    "name": "Visitor",
                    "login": "visit_visitor",
                    "group_ids": [fields.Command.link(person.id)],
                }
            )
            customer = env["res.partner"].create(
                {
                    "name": "Visit Customer",
                    "user_id": user.id,
                    "partner_latitude": HERE[0],
                    "partner_longitude": HERE[1],
                }
            )
            visit = env["sales.visit"].create(
                {
                    "partner_id": customer.id,
                    "user_id": user.id,
                    "company_id": user.company_id.id,
                    "start": fields.Datetime.now() - timedelta(days=3),
                }
            )
            cr.commit()
            self.visit_id, self.user_id = visit.id, user.id
            self.customer_id = customer.id
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            visit = env["sales.visit"].browse(self.visit_id)
            visit.activity_ids.unlink()
            visit.state = "cancelled"
            visit.unlink()
            env["sales.mart"]._refresh()
            env["res.partner"].browse(self.customer_id).unlink()
            user = env["res.users"].browse(self.user_id)
            partner = user.partner_id
            user.unlink()
            partner.unlink()
            cr.commit()

    def _visit(self, cr, user_id=None):
        return api.Environment(cr, user_id or self.user_id, {})["sales.visit"].browse(
            self.visit_id
        )

    def test_two_taps_check_in_once(self):
        with self._connect() as first, self._connect() as second:
            slow = self._visit(second)
            self.assertEqual(slow.state, "planned")
            self._visit(first).check_in(READING)
            with self.assertRaisesRegex(UserError, "just tapped"):
                slow.check_in(READING)
            second.rollback()
            first.commit()
        with self._connect() as cr:
            visit = self._visit(cr)
            self.assertEqual((visit.state, len(visit.place_ids)), ("visiting", 1))

    def test_two_jobs_ask_once(self):
        with self._connect() as first, self._connect() as second:
            jobs = [self._visit(cr, SUPERUSER_ID) for cr in (first, second)]
            for visit in jobs:
                self.assertIn(visit, visit.search(visit._get_asked_domain()))
            for visit in jobs:
                visit.try_lock_for_update(allow_referencing=True)._ask_reports()
            first.commit()
            second.commit()
        with self._connect() as cr:
            self.assertEqual(len(self._visit(cr, SUPERUSER_ID).activity_ids), 1)
