# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.concurrency_common import (
    ConcurrencyCommon,
)

from ..engine import ContactToDos


@tagged("post_install", "-at_install")
class TestContactConcurrency(ConcurrencyCommon):
    """Two jobs at once give one to-do."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            user = env["res.users"].create(
                {"name": "Seller", "login": "contact_seller"}
            )
            company = env["res.company"].create({"name": "Contact Company"})
            user.company_ids += company
            customer = env["res.partner"].create(
                {"name": "Contact Customer", "user_id": user.id}
            )
            start = fields.Date.today() - timedelta(days=90)
            policy = env["sales.service.policy"].create(
                {"company_id": company.id, "date_from": start, "contact_days": 30}
            )
            env["sales.contact"]._plan(company, customer.ids)
            plan = env["sales.contact.plan"].search([("policy_id", "=", policy.id)])
            plan.next_date = start
            cr.commit()
            self.ids = plan.ids, policy.ids, customer.ids, user.ids, company.ids
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        plan_ids, policy_ids, customer_ids, user_ids, company_ids = self.ids
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["mail.activity"].search(
                [("sales_contact_plan_id", "in", plan_ids)]
            ).unlink()
            env["sales.contact.plan"].search(
                [("company_id", "in", company_ids)]
            ).unlink()
            env["sales.service.policy"].browse(policy_ids).unlink()
            env["res.partner"].browse(customer_ids).unlink()
            users = env["res.users"].browse(user_ids)
            people = users.partner_id
            users.unlink()
            people.unlink()
            companies = env["res.company"].browse(company_ids)
            partners = companies.partner_id
            companies.unlink()
            partners.unlink()
            cr.commit()

    def test_two_jobs_at_once_give_one_to_do(self):
        plan_ids, *_others, company_ids = self.ids
        with self._connect() as first, self._connect() as second:
            for cr in (first, second):
                env = api.Environment(cr, SUPERUSER_ID, {})
                company = env["res.company"].browse(company_ids)
                to_dos = ContactToDos(company)
                to_dos.give([id_ for id_ in to_dos.find() if id_ in plan_ids])
            first.commit()
            second.commit()
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            found = env["mail.activity"].search_count(
                [("sales_contact_plan_id", "in", plan_ids)]
            )
        self.assertEqual(found, 1)
