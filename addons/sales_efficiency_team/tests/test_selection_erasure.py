# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import applicant_erasure
from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSelectionErasure(SelectionCommon):
    """What is known of refused applicants goes after N months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sales_applicant_months = 6
        cls.reason = cls.env["hr.applicant.refuse.reason"].create({"name": "Test"})
        cls.cron = cls.env.ref("sales_efficiency_team.ir_cron_erase_applicants")

    def _refuse(self, applicants, months=7):
        applicants.write(
            {
                "refuse_reason_id": self.reason.id,
                "active": False,
                "refuse_date": fields.Datetime.now() - timedelta(days=30.5 * months),
            }
        )

    def _erase(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def test_everything_known_of_them_is_erased(self):
        self._set_parts(("interview", 100, True))
        applicant = self._apply("Ben Ito", email_from="ben@example.com")
        contact = applicant.partner_id
        self.assertTrue(contact)
        interview = self._plan(self.leader, applicant=applicant)
        card = self._score(interview, self.leader, 2, 2, 2, 2)
        answer = self._take_test(20, applicant=applicant)
        applicant.message_post(body="Too shy")
        check = self.env["sales.background.check"].create(
            {"applicant_id": applicant.id, "consent_file": b"eWVz"}
        )
        waiver = self.env["sales.selection.waiver"].create(
            {
                "applicant_id": applicant.id,
                "reason": "Test",
                "part_ids": self.job.sales_part_ids.ids,
            }
        )
        self.env["ir.attachment"].create(
            {"name": "CV", "res_model": "hr.applicant", "res_id": applicant.id}
        )
        records = [
            applicant,
            contact,
            interview,
            interview.sudo().event_id,
            card,
            card.sudo().score_ids,
            answer,
            check,
            check.item_ids,
            waiver,
        ]
        self._refuse(applicant)
        self._erase()
        for record in records:
            with self.subTest(record._name):
                self.assertFalse(record.sudo().exists())
                domain = [("res_id", "in", record.ids)]
                for left, name in (
                    ("ir.attachment", "res_model"),
                    ("mail.activity", "res_model"),
                    ("mail.message", "model"),
                ):
                    found = self.env[left].with_context(active_test=False)
                    self.assertFalse(found.search([(name, "=", record._name), *domain]))

    def test_others_stay(self):
        pool = self.env["hr.talent.pool"].create({"name": "Test"})
        recent, talent, hired, ongoing, refused_again = (
            self._apply(f"Person {number}") for number in range(5)
        )
        talent.write({"talent_pool_ids": pool.ids})
        self._refuse(recent, months=5)
        self._refuse(talent)
        hired.write({"stage_id": self.hired.id, "employee_id": self.peer.id})
        hired.active = False
        self._refuse(refused_again)
        refused_again.write({"refuse_reason_id": False, "active": True})
        stay = recent + talent + hired + ongoing + refused_again
        self._erase()
        self.assertEqual(stay.exists(), stay)

    def test_nothing_is_erased_unless_the_company_says_so(self):
        self.company.sales_applicant_months = 0
        self._refuse(self.applicant)
        self._erase()
        self.assertTrue(self.applicant.exists())

    def test_contacts_that_others_know_stay(self):
        customer = self.customer_north
        self.applicant.partner_id = customer
        twice = self._apply("Ben Ito", email_from="ben@example.com")
        again = self._apply("Ben Ito", partner_id=twice.partner_id.id)
        self._refuse(self.applicant + twice)
        self._erase()
        self.assertFalse((self.applicant + twice).exists())
        self.assertTrue(customer.exists())
        self.assertTrue(again.partner_id.exists())

    def test_it_goes_on_where_it_was_killed(self):
        applicants = self.applicant
        for number in range(4):
            applicants += self._apply(f"Person {number}")
        self._refuse(applicants)
        erase = applicant_erasure.ApplicantErasure._erase
        calls = []

        def dies(engine, batch):
            calls.append(batch)
            if len(calls) > 2:
                raise RuntimeError("killed")
            erase(engine, batch)

        with (
            patch.object(applicant_erasure, "BATCH", 2),
            patch.object(applicant_erasure.ApplicantErasure, "_erase", dies),
            self.enter_registry_test_mode(),
            self.assertLogs(
                "odoo.addons.sales_efficiency_base.tools.each_alone", "ERROR"
            ),
        ):
            self.cron.method_direct_trigger()
        self.assertEqual(len(applicants.exists()), 1)
        self._erase()
        self.assertFalse(applicants.exists())

    def test_months_are_not_negative(self):
        for months in (-1, 121):
            with (
                self.subTest(months),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                self.company.sales_applicant_months = months
                self.env.flush_all()
