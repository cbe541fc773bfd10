# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64encode
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .need_common import NOON, NeedCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestBuyingProcess(NeedCommon):
    """Who decides, and how the customer works and buys (policy 3.2.1)."""

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def test_missing_deciders_and_supporters_are_told(self):
        lead = self.lead.with_user(self.salesperson)
        north = self.customer_north.with_user(self.salesperson)
        for record in (lead, north):
            self.assertIn("decides", record.sales_people_missing)
            self.assertIn("in favour", record.sales_people_missing)
        person = self._create_stakeholder(self.customer_north, self.north_contact)
        self.env.invalidate_all()
        for record in (lead, north):
            self.assertNotIn("decides", record.sales_people_missing)
        person.attitude = "2"
        self.env.invalidate_all()
        for record in (lead, north):
            self.assertFalse(record.sales_people_missing)

    def test_people_of_another_opportunity_decide_nothing_here(self):
        other = self._create_lead(self.customer_north)
        self._create_stakeholder(
            self.customer_north, self.north_contact, lead_id=other.id, attitude="1"
        )
        leads = (self.lead | other).with_user(self.salesperson)
        self.assertEqual(leads.mapped("is_sales_decider_known"), [False, True])
        self.assertEqual(leads.mapped("is_sales_supporter_known"), [False, True])

    def test_opportunities_are_found_by_who_is_missing(self):
        known = self._create_lead(self.customer_south, self.outsider)
        self._create_stakeholder(self.customer_south, self.south_contact)
        leads = self.env["crm.lead"].with_user(self.director)
        ours = [("id", "in", (self.lead | known).ids)]
        for value, expected in ((True, known), (False, self.lead)):
            found = leads.search([*ours, ("is_sales_decider_known", "=", value)])
            self.assertEqual(found, expected)
            self.assertEqual(found.is_sales_decider_known, value)

    def test_nothing_is_told_of_the_people_of_others(self):
        self._create_lead(self.customer_south, self.outsider)
        south = self.customer_south.with_user(self.salesperson)
        self.assertFalse(south.sales_people_missing)
        leads = self.env["crm.lead"].with_user(self.salesperson)
        found = leads.search([("is_sales_decider_known", "=", False)])
        self.assertNotIn(self.customer_south, found.partner_id)

    def test_the_matrix_shows_people_by_influence_and_attitude(self):
        person = self._create_stakeholder(
            self.customer_north, self.north_contact, influence="5", attitude="-2"
        )
        data = self.lead.with_user(self.salesperson).sales_people_map
        self.assertEqual((len(data["columns"]), len(data["rows"])), (5, 5))
        self.assertEqual(
            data["rows"][0]["cells"][0],
            [{"id": person.id, "name": "Nora North", "role": "Decision maker"}],
        )
        self.assertFalse(any(data["rows"][4]["cells"]))

    def test_nobody_reports_to_themselves(self):
        contact = self.north_contact.copy({"name": "Norman North"})
        boss = self._create_stakeholder(self.customer_north, contact)
        person = self._create_stakeholder(
            self.customer_north, self.north_contact, superior_id=boss.id
        )
        self.assertEqual(boss.report_ids, person)
        with self.assertRaisesRegex(ValidationError, "report to themselves"):
            boss.superior_id = person

    def test_superiors_are_of_the_same_customer(self):
        boss = self._create_stakeholder(self.customer_south, self.south_contact)
        with self.assertRaisesRegex(ValidationError, "stakeholder of Customer North"):
            self._create_stakeholder(
                self.customer_north, self.north_contact, superior_id=boss.id
            )

    def test_merged_people_do_not_become_their_own_superiors(self):
        contact = self.north_contact.copy({"name": "Norman North"})
        boss = self._create_stakeholder(self.customer_north, contact)
        person = self._create_stakeholder(
            self.customer_north, self.north_contact, superior_id=boss.id
        )
        boss._absorb(person)
        self.assertFalse(person.exists())
        self.assertFalse(boss.superior_id)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _create_step(self, user=None, **values):
        return (
            self.env["sales.buying.step"]
            .with_user(user or self.salesperson)
            .create(
                {"name": "Approval", "partner_id": self.customer_north.id, **values}
            )
        )

    def test_a_salesperson_enters_the_steps_of_an_opportunity(self):
        owner = self._create_stakeholder(self.customer_north, self.north_contact)
        lead = self.lead.with_user(self.salesperson)
        with Form(lead) as form, form.sales_buying_step_ids.new() as step:
            step.name = "Approval"
            step.stakeholder_id = owner
            step.criteria = "Two offers"
            step.date_planned = "2026-10-14"
        step = lead.sales_buying_step_ids
        self.assertEqual(step.partner_id, self.customer_north)
        self.assertTrue(step.is_overdue)
        steps = self.env["sales.buying.step"].with_user(self.salesperson)
        self.assertEqual(steps.search([("is_overdue", "=", True)]), step)
        step.action_done()
        self.assertEqual(str(step.date_done), "2026-10-15")
        self.assertFalse(steps.search([("is_overdue", "=", True)]))

    def test_what_belongs_to_an_opportunity_of_no_company_belongs_to_one(self):
        self.lead.company_id = False
        lead = self.lead.with_user(self.salesperson)
        with Form(lead) as form, form.sales_buying_step_ids.new() as step:
            step.name = "Approval"
        self.assertEqual(lead.sales_buying_step_ids.company_id, self.company)

    def test_usual_steps_are_taken_over_once(self):
        lead = self.lead.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "No steps are known"):
            lead.action_copy_sales_steps()
        self._create_step(criteria="Two offers", date_done="2026-01-05")
        for _number in range(2):
            lead.action_copy_sales_steps()
        self.assertRecordValues(
            lead.sales_buying_step_ids,
            [{"name": "Approval", "criteria": "Two offers", "date_done": False}],
        )

    def test_usual_steps_are_taken_over_at_once(self):
        for name in ("Approval", "Trial", "Order"):
            self._create_step(name=name)
        model, copies = self.env.registry["sales.buying.step"], []
        copy = model.copy

        def note(steps, default=None):
            copies.append(len(steps))
            return copy(steps, default)

        with patch.object(model, "copy", note):
            self.lead.with_user(self.salesperson).action_copy_sales_steps()
        self.assertEqual(len(self.lead.sales_buying_step_ids), 3)
        self.assertEqual(copies, [3])

    def test_steps_of_a_deleted_opportunity_are_no_usual_ones(self):
        step = self._create_step(lead_id=self.lead.id)
        self.lead.unlink()
        self.assertFalse(step.exists())

    def test_steps_of_merged_opportunities_are_not_planned_twice(self):
        other = self._create_lead(self.customer_north)
        for lead in self.lead | other:
            self._create_step(lead_id=lead.id)
        self._create_step(name="Trial", lead_id=other.id)
        leads = (self.lead | other).with_user(self.director)
        merged = leads._merge_opportunity()
        self.assertEqual(
            sorted(merged.sales_buying_step_ids.mapped("name")), ["Approval", "Trial"]
        )

    def test_steps_of_several_merged_opportunities_are_planned_once(self):
        others = self._create_lead(self.customer_north) | self._create_lead(
            self.customer_north
        )
        for lead in others:
            self._create_step(lead_id=lead.id)
        others.sales_buying_step_ids._follow_lead(self.lead)
        self.assertEqual(self.lead.sales_buying_step_ids.mapped("name"), ["Approval"])

    def test_a_step_is_not_done_tomorrow(self):
        with self.assertRaisesRegex(ValidationError, "later than today"):
            self._create_step(date_done="2026-10-16")

    def test_a_step_has_a_name(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._create_step(name=" ")

    def test_owners_are_of_the_same_customer(self):
        owner = self._create_stakeholder(self.customer_south, self.south_contact)
        with self.assertRaisesRegex(ValidationError, "stakeholder of Customer North"):
            self._create_step(user=self.env.user, stakeholder_id=owner.id)

    # ------------------------------------------------------------------
    # Business process
    # ------------------------------------------------------------------

    def _note_process(self, user=None):
        user = user or self.salesperson
        action = self.customer_north.with_user(user).action_open_sales_process()
        files = self.env["sales.customer.file"].with_user(user)
        attachment = (
            self.env["ir.attachment"]
            .with_user(user)
            .create(
                {
                    "name": "process.txt",
                    "datas": b64encode(b"Secret"),
                    "res_model": "sales.customer.file",
                }
            )
        )
        file = files.create(
            {
                "partner_id": action["context"]["default_partner_id"],
                "business_process": "Grinding, washing",
                "business_process_attachment_ids": attachment.ids,
            }
        )
        return file, attachment

    def test_the_process_of_a_customer_is_text_and_files(self):
        file, attachment = self._note_process()
        self.assertEqual(attachment.res_id, file.id)
        self.assertEqual(attachment.with_user(self.leader).raw, b"Secret")
        self.env.invalidate_all()
        north = self.customer_north.with_user(self.leader)
        self.assertEqual(north.action_open_sales_process()["res_id"], file.id)

    def test_the_process_is_for_those_who_may_read_the_file(self):
        file, attachment = self._note_process()
        for record in (file, attachment):
            with self.assertRaises(AccessError):
                record.with_user(self.outsider).read([record._rec_name or "id"])
