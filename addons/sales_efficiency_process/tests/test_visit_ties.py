# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..engine.visit import NextStepOrVisit, VisitHeld, VisitWeek, WeekProposals
from .test_visit_week import NEXT_MONDAY
from .visit_common import NOON
from .visit_week_common import VisitWeekCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitTies(VisitWeekCommon):
    """Visits know of priorities, contracts and competitors, and playbooks of visits."""

    def _find(self, monday=NEXT_MONDAY):
        user = self.salesperson
        week = VisitWeek(user.with_user(user), self.company.with_user(user), monday)
        return {found.partner: found for found in WeekProposals(week).find()}

    def test_leads_count_by_their_priority(self):
        leads = [self._lead(customer) for customer in self.customers[:2]]
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET sales_priority = 9000 WHERE id = %s", leads[1].id)
        )
        found = self._find()
        self.assertEqual(found[self.customers[1]].money, 9000)
        self.assertEqual(found[self.customers[0]].money, 500, "not scored so far")
        self.assertEqual(list(found)[0], self.customers[1])

    def _contract(self, end, state="signed", **values):
        contract = self.env["agreement"].create(
            {
                "name": "Service",
                "code": f"V-{end}",
                "partner_id": self.customers[0].id,
                "company_id": self.company.id,
                "user_id": self.salesperson.id,
                "end_date": end,
                "notice_days": 0,
                "domain": "sale",
                **values,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE agreement SET state = %s WHERE id = %s", state, contract.id)
        )
        contract.invalidate_recordset()
        return contract

    def test_a_contract_that_ends_is_a_reason(self):
        contract = self._contract("2026-10-25")
        found = self._find()[self.customers[0]]
        self.assertEqual((found.reasons, found.weight), (["contract"], 60))
        contract.active = False
        self._contract("2026-11-20")
        self.assertEqual(self._find()[self.customers[0]].weight, 40)

    def test_the_notice_of_a_contract_comes_before_its_end(self):
        """Until 2027-03-31 with 60 days of notice: 2027-01-30"""
        self._contract("2027-03-31", notice_days=60)
        self.assertNotIn(self.customers[0], self._find())
        for monday, is_due in ((date(2026, 12, 21), False), (date(2026, 12, 28), True)):
            with freeze_time(monday):
                self.assertEqual(self.customers[0] in self._find(monday), is_due)

    def test_a_contract_to_sign_is_a_reason(self):
        self._contract("2027-10-25", state="approved")
        found = self._find()[self.customers[0]]
        self.assertEqual((found.reasons, found.weight), (["signature"], 30))
        contract = self._contract("2027-11-25", state="sent")
        contract.agreed_on = "2026-10-01"
        self.assertEqual(self._find()[self.customers[0]].weight, 50)

    def test_the_brief_names_the_contracts(self):
        self._contract("2026-10-25", notice_days=30)
        self._contract("2027-10-25", notice_days=30)
        self._contract("2026-10-01")  # is over
        [section] = [
            section
            for section in self._visit(partner=self.customers[0]).brief
            if section["key"] == "contracts"
        ]
        self.assertEqual([row["is_alarming"] for row in section["rows"]], [True, False])

    def test_a_planned_visit_is_a_next_step(self):
        lead = self._lead()
        visit = self._visit(lead_id=lead.id)
        cancelled = self._visit(lead_id=lead.id, start="2026-10-16 14:00:00")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE sales_visit SET create_date = '2026-10-14',"
                " state = CASE WHEN id = %s THEN 'cancelled' ELSE state END"
                " WHERE id IN %s",
                cancelled.id,
                (visit.id, cancelled.id),
            )
        )
        steps = self.env["sales.waste"]._get_next_steps()
        found = [
            row
            for step in steps
            for row in self.env.execute_query(SQL("SELECT * FROM (%s) AS step", step))
            if row[0] == lead.id
        ]
        self.assertEqual(found, [(lead.id, datetime(2026, 10, 14), visit.stop)])

    def test_the_brief_names_the_competitors(self):
        rival = self.env["sales.competitor"].create(
            {"name": "Rival", "strengths": "Cheap", "weaknesses": "Slow"}
        )
        lead = self._lead()
        lead.sales_competitor_ids = rival
        [section] = [
            section
            for section in self._visit(lead_id=lead.id).brief
            if section["key"] == "competitors"
        ]
        self.assertEqual(section["rows"][0]["cells"], ["Rival", "Cheap", "Slow"])

    def test_a_stage_may_require_a_visit(self):
        lead, other = self._lead(), self._lead(self.customers[0])
        leads = (lead + other).sudo()
        visit = self._visit(lead_id=lead.id)
        kind, step = VisitHeld(self.env), NextStepOrVisit(self.env)
        self.assertFalse(kind.find_met(leads, None))
        self.assertEqual(step.find_met(leads, None), lead)
        self._hold(visit)
        self.assertEqual(kind.find_met(leads, None), lead)
        self.assertFalse(step.find_met(leads, None))
        kinds = self.env["sales.playbook.requirement"]._get_requirement_kinds()
        self.assertIs(kinds["visit"], VisitHeld)
        link = kind.get_link(other.with_user(self.salesperson), None)
        self.assertEqual(link["res_model"], "sales.visit")

    def test_visits_of_merged_opportunities_are_moved_at_once(self):
        lead, other = self._lead(), self._lead()
        visits = self._visit(lead_id=other.id)
        visits += self._visit("2026-10-16 14:00:00", lead_id=other.id)
        model, writes = type(visits), []
        write = model.write

        def note(records, vals):
            if "lead_id" in vals and records:
                writes.append(records)
            return write(records, vals)

        with patch.object(model, "write", note):
            lead._merge_dependences(other)
        self.assertEqual(visits.lead_id, lead)
        self.assertEqual(len(writes), 1)

    def test_messages_of_a_visit_reach_no_customer(self):
        visit = self._visit(contact_ids=self.north_contact.ids)
        visit.message_subscribe(self.north_contact.ids)
        self.assertNotIn(self.north_contact, visit.sudo().message_partner_ids)
