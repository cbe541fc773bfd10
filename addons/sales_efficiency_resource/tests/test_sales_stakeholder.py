# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .file_common import FileCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSalesStakeholder(FileCommon):
    """Who decides at a customer, or on an opportunity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead, cls.other_lead = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": cls.customer_north.id,
                    "user_id": cls.salesperson.id,
                    "team_id": cls.team_field.id,
                }
                for name in ("First", "Second")
            ]
        )

    def test_a_salesperson_adds_who_decides_to_an_opportunity(self):
        lead = self.lead.with_user(self.salesperson)
        with Form(lead) as form, form.sales_stakeholder_ids.new() as line:
            line.contact_id = self.north_contact
            line.attitude = "-1"
        stakeholder = lead.sales_stakeholder_ids
        self.assertRecordValues(
            stakeholder,
            [
                {
                    "partner_id": self.customer_north.id,
                    "role": "decider",
                    "influence": "3",
                    "user_id": self.salesperson.id,
                    "company_id": self.company.id,
                }
            ],
        )
        self.assertEqual(stakeholder.display_name, "Nora North, Decision maker")
        self.assertEqual(self.customer_north.sales_stakeholder_ids, stakeholder)

    def test_an_opportunity_opens_who_decides_on_it_or_in_general(self):
        here, in_general, _elsewhere = (
            self._create_stakeholder(
                self.customer_north, self.north_contact, lead_id=lead.id
            )
            for lead in (self.lead, self.lead.browse(), self.other_lead)
        )
        self._create_stakeholder(self.customer_south, self.south_contact)
        lead = self.lead.with_user(self.salesperson)
        action = lead.action_open_sales_stakeholders()
        stakeholders = self.env[action["res_model"]].with_user(self.salesperson)
        self.assertEqual(stakeholders.search(action["domain"]), here + in_general)
        here.unlink()
        form = Form(stakeholders.with_context(**action["context"]))
        form.contact_id = self.north_contact
        self.assertRecordValues(
            form.save(),
            [{"partner_id": self.customer_north.id, "lead_id": self.lead.id}],
        )
        with self.assertRaises(AccessError):
            self.lead.with_user(self.outsider).action_open_sales_stakeholders()

    def test_a_person_stands_once_for_each_purchase(self):
        self._create_stakeholder(self.customer_north, self.north_contact)
        for lead in (self.lead, self.other_lead):
            self._create_stakeholder(
                self.customer_north, self.north_contact, lead_id=lead.id
            )
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_stakeholder(self.customer_north, self.north_contact)

    def test_an_opportunity_of_another_customer_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Customer North"):
            self._create_stakeholder(
                self.customer_south, self.south_contact, lead_id=self.lead.id
            )

    def test_nobody_talked_tomorrow(self):
        with self.assertRaisesRegex(ValidationError, "later than today"):
            self._create_stakeholder(
                self.customer_north, self.north_contact, date_talk="2026-06-16"
            )

    def test_a_talk_is_noted_in_one_tap(self):
        stakeholder = self._create_stakeholder(self.customer_north, self.north_contact)
        stakeholder.with_user(self.salesperson).action_talked()
        self.assertEqual(str(stakeholder.date_talk), "2026-06-15")

    def test_others_neither_read_nor_change_them(self):
        stakeholder = self._create_stakeholder(
            self.customer_north, self.north_contact, user_id=self.salesperson.id
        )
        with self.assertRaises(AccessError):
            stakeholder.with_user(self.outsider).read(["attitude"])
        with self.assertRaises(AccessError):
            stakeholder.with_user(self.outsider).attitude = "2"
        self.assertTrue(stakeholder.with_user(self.leader).has_access("write"))

    def test_merged_opportunities_keep_all_who_decide(self):
        second = self.env["res.partner"].create(
            {"name": "Second Person", "parent_id": self.customer_north.id}
        )
        kept = self._create_stakeholder(
            self.customer_north,
            self.north_contact,
            lead_id=self.lead.id,
            date_talk="2026-01-01",
        )
        self._create_stakeholder(
            self.customer_north,
            self.north_contact,
            lead_id=self.other_lead.id,
            attitude="2",
            date_talk="2026-02-01",
            note="Likes us",
        )
        moved = self._create_stakeholder(
            self.customer_north, second, lead_id=self.other_lead.id
        )
        merged = (self.lead | self.other_lead).merge_opportunity()
        self.assertEqual(
            merged.sales_stakeholder_ids.contact_id, self.north_contact | second
        )
        self.assertTrue(moved.exists())
        left = merged.sales_stakeholder_ids - moved
        self.assertEqual(left.attitude, "2")
        self.assertEqual(left.note, "Likes us")
        self.assertEqual(str(left.date_talk), "2026-02-01")
        self.assertIn(left, kept | left)
