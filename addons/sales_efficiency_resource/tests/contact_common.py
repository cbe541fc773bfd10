# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from odoo.tests import freeze_time

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

TODAY = date(2026, 10, 15)  # a Thursday


class ContactCommon(SalesEfficiencyCommon):
    """Customer North of the salesperson, whom a policy has contacted every 30 days
    since the first of July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.contact.plan"].search([]).unlink()
        cls.env["sales.service.policy"].search([]).unlink()
        cls.call = cls.env.ref("mail.mail_activity_data_call")
        cls.to_do = cls.env.ref("mail.mail_activity_data_todo")
        cls.grade_a, cls.grade_b = cls.env["sales.grade"].create(
            [{"name": "A", "threshold": 80.5}, {"name": "B", "threshold": 60.5}]
        )
        cls.key_accounts = cls.env["sales.customer.class"].create(
            {"name": "Key Accounts"}
        )
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.colleague
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        cls.policy = cls._create_policy()

    @classmethod
    def _create_policy(cls, **values):
        return cls.env["sales.service.policy"].create(
            {"date_from": date(2026, 7, 1), "contact_days": 30, **values}
        )

    @classmethod
    def _plan(cls, company=None):
        cls.env["sales.contact"]._plan(company or cls.company)

    def _run(self):
        """Plan the next contacts, and give the to-dos."""
        with self.enter_registry_test_mode():
            for name in ("compare", "follow_up"):
                self.env.ref(
                    f"sales_efficiency_resource.ir_cron_contact_{name}"
                ).method_direct_trigger()

    @classmethod
    def _plan_of(cls, partner=None, company=None):
        return cls.env["sales.contact.plan"].search(
            [
                ("partner_id", "=", (partner or cls.customer_north).id),
                ("company_id", "=", (company or cls.company).id),
            ]
        )

    @classmethod
    def _schedule(cls, record=None, user=None, activity_type=None):
        record = record or cls.customer_north
        return cls.env["mail.activity"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "user_id": (user or cls.salesperson).id,
                "activity_type_id": (activity_type or cls.call).id,
            }
        )

    @classmethod
    def _contact(cls, day=TODAY, record=None, hour=12, **values):
        """Do an activity at an hour of a day."""
        moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour)
        with freeze_time(moment):
            activity = cls._schedule(record, **values)
            activity.action_feedback()
        return activity

    @classmethod
    def _meet(cls, start, *partners, user=None, **values):
        return cls.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": start,
                "stop": start + timedelta(hours=1),
                "user_id": (user or cls.salesperson).id,
                "partner_ids": [partner.id for partner in partners],
                **values,
            }
        )

    def _contacts(self, partner=None):
        return self.env["sales.contact"].search(
            [("partner_id", "=", (partner or self.customer_north).id)]
        )

    def _facts(self):
        self.env["sales.mart"]._refresh()
        return self.env["sales.fact"].search(
            [
                ("event", "=", "contacted"),
                ("partner_id", "in", (self.customer_north + self.customer_south).ids),
            ]
        )

    def _to_dos(self, partner=None):
        return self.env["mail.activity"].search(
            [
                ("sales_contact_plan_id", "!=", False),
                ("res_id", "in", (partner or self.customer_north).ids),
                ("res_model", "=", "res.partner"),
            ]
        )
