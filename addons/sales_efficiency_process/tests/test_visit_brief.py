# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..engine.visit import BriefColumn, BriefRow, BriefSection
from .visit_common import NOON, VisitCommon

REPORT = "sales_efficiency_process.sales_visit_brief_report"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitBrief(VisitCommon):
    """The brief tells what the salesperson must know (policy 3.1.3)."""

    def _read(self, visit):
        """:return: dict key of a section -> its rows, as lists of texts"""
        visit.invalidate_recordset(["brief"])
        return {
            section["key"]: [row["cells"] for row in section["rows"]]
            for section in visit.brief or []
        }

    def _invoice(self, order, due, amount=None):
        """Invoice an order; what is due on a day may be paid in part."""
        invoice = order._create_invoices()
        invoice.invoice_date = due
        invoice.invoice_date_due = due
        invoice.action_post()
        return invoice

    def test_of_an_unknown_customer_there_is_little_to_tell(self):
        visit = self._visit(partner=self.customer_nowhere)
        self.assertLessEqual(set(self._read(visit)), {"customer"})

    def test_orders_and_open_quotations(self):
        order = self._sell(2, "2026-09-01")
        order.name = "S-ORDER"
        quotation = self._create_order(self.north_contact, quantity=3)
        quotation.write(
            {"name": "S-QUOTE", "state": "sent", "validity_date": "2026-10-20"}
        )
        later = self._create_order(quantity=4)
        later.write({"name": "S-LATER", "validity_date": "2026-12-31"})
        self._create_order(self.customer_south).name = "S-SOUTH"
        brief = self._read(self._visit())
        self.assertEqual([row[0] for row in brief["orders"]], ["S-ORDER"])
        self.assertIn("200.00", brief["orders"][0][2])
        self.assertEqual(
            [row[0] for row in brief["quotations"]], ["S-QUOTE", "S-LATER"]
        )
        [section] = [s for s in self._visit().brief if s["key"] == "quotations"]
        self.assertEqual([row["is_alarming"] for row in section["rows"]], [True, False])
        self.assertEqual(section["rows"][0]["model"], "sale.order")
        self.assertEqual(section["rows"][0]["id"], quotation.id)

    def test_overdue_money_with_the_days(self):
        order = self._sell(2, "2026-09-01")
        invoice = self._invoice(order, date(2026, 10, 5))
        brief = self._read(self._visit())
        self.assertEqual(brief["overdue"][0][0], invoice.name)
        self.assertEqual(brief["overdue"][0][2], "10")
        self.assertIn("200.00", brief["overdue"][0][3])

    def test_an_overdue_instalment_of_an_invoice(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two Halves",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 60)
                ],
            }
        )
        invoice = self._sell(2, "2026-09-01")._create_invoices()
        invoice.write(
            {"invoice_date": date(2026, 10, 5), "invoice_payment_term_id": term.id}
        )
        invoice.action_post()
        [row] = self._read(self._visit())["overdue"]
        self.assertEqual((row[0], row[2]), (invoice.name, "10"))
        self.assertIn("100.00", row[3])

    def test_people_of_the_customer_and_of_the_opportunity(self):
        lead, other = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": self.customer_north.id,
                    "user_id": self.salesperson.id,
                }
                for name in ("Machine", "Other")
            ]
        )
        people = self.env["res.partner"].create(
            [
                {"name": name, "parent_id": self.customer_north.id}
                for name in ("Olga", "Paul", "Quinn")
            ]
        )
        stakeholders = self.env["sales.stakeholder"]
        values = {"partner_id": self.customer_north.id}
        stakeholders.create(
            [
                {**values, "contact_id": people[0].id, "attitude": "-2"},
                {**values, "contact_id": people[1].id, "lead_id": lead.id},
                {**values, "contact_id": people[2].id, "lead_id": other.id},
            ]
        )
        visit = self._visit(lead_id=lead.id, contact_ids=self.north_contact.ids)
        names = [row[0] for row in self._read(visit)["people"]]
        self.assertEqual(set(names), {"Olga", "Paul", "Nora North"})
        self.assertEqual(names[-1], "Nora North", "no stakeholder so far")

    def test_needs_those_in_particular_first(self):
        values = {"partner_id": self.customer_north.id}
        self.env["sales.need"].create(
            [
                {
                    **values,
                    "kind": "line",
                    "categ_id": self.category.id,
                    "amount": 1000,
                    "share": 20,
                    "supplier": "Rival",
                },
                {**values, "kind": "particular", "name": "No standstill"},
            ]
        )
        rows = self._read(self._visit())["needs"]
        self.assertEqual([row[0] for row in rows], ["No standstill", "Test Line"])
        self.assertEqual(rows[1][2:], ["Rival", "20 %"])

    def test_what_was_promised_and_said_on_earlier_visits(self):
        last = self._visit("2026-10-14 09:00:00")
        with freeze_time("2026-10-14 09:00:00"):
            self._hold(last, "They want a trial")
            items = self.env["sales.action"].with_user(self.salesperson)
            promise, done = items.create(
                [
                    {
                        "name": name,
                        "visit_id": last.id,
                        "date_deadline": "2026-10-14",
                    }
                    for name in ("Send the data sheet", "Call the plant")
                ]
            )
            done.action_done()
        visit = self._visit()
        brief = self._read(visit)
        self.assertEqual(
            [(row[0], row[3]) for row in brief["promises"]],
            [("Send the data sheet", "Open"), ("Call the plant", "Done")],
        )
        self.assertEqual(brief["visits"][0][2], "They want a trial")
        [section] = [s for s in visit.brief if s["key"] == "promises"]
        self.assertTrue(section["rows"][0]["is_alarming"], "it is overdue")
        self.assertEqual(promise.visit_id, last)
        # What is done comes up once, on the next visit.
        self._hold(visit)
        following = self._visit("2026-10-20 09:00:00")
        self.assertEqual(
            [row[0] for row in self._read(following)["promises"]],
            ["Send the data sheet"],
        )

    def test_nobody_reads_in_a_brief_what_they_may_not_read(self):
        self._sell(2, "2026-09-01", user=self.outsider).name = "S-OTHER"
        self.env["crm.lead"].create(
            {
                "name": "Secret machine",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.outsider.id,
                "team_id": self.team_other.id,
            }
        )
        visit = self._visit()
        told = str(self._read(visit))
        self.assertNotIn("S-OTHER", told)
        self.assertNotIn("Secret machine", told)
        told = str(self._read(visit.with_user(self.director)))
        self.assertIn("S-OTHER", told)
        self.assertIn("Secret machine", told)

    def test_the_brief_is_for_the_salesperson_the_leaders_and_the_director(self):
        visit = self._visit()
        for user in (self.leader, self.director):
            self.assertTrue(visit.with_user(user).read(["brief"]))
        for user in (self.outsider, self.colleague):
            with self.assertRaises(AccessError):
                visit.with_user(user).read(["brief"])

    def test_an_add_on_adds_a_section(self):
        class Weather(BriefSection):
            key = "weather"

            def get_title(self):
                return "Weather"

            def get_columns(self):
                return [BriefColumn("Degrees", is_number=True)]

            def get_rows(self):
                return [BriefRow(["21"], self.customer)]

            def get_note(self):
                return self.day(self.today)

        visits = type(self.env["sales.visit"])
        sections = visits._get_brief_sections
        with patch.object(
            visits,
            "_get_brief_sections",
            lambda model: [*sections(model), Weather],
        ):
            section = self._visit().brief[-1]
        self.assertEqual(
            section,
            {
                "key": "weather",
                "title": "Weather",
                "note": "10/15/2026",
                "columns": [{"label": "Degrees", "is_number": True}],
                "rows": [
                    {
                        "cells": ["21"],
                        "model": "res.partner",
                        "id": self.customer_north.id,
                        "is_alarming": False,
                    }
                ],
            },
        )

    def test_a_fixed_number_of_queries_however_much_there_is(self):
        self._sell(1, "2026-09-01")
        self._create_order()
        visit = self._visit()
        self._read(visit)  # fills the caches

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._read(visit)
            return self.env.cr.sql_log_count - before

        count()  # fills what outlives a transaction
        few = count()
        for _number in range(4):
            self._sell(1, "2026-09-01")
            self._create_order()
        self.assertEqual(count(), few)

    def test_brief_and_plan_are_printed(self):
        self._sell(2, "2026-09-01").name = "S-ORDER"
        visit = self._visit(
            goal_ids=[Command.create({"kind": "goal", "name": "Agree on a trial"})],
            question_ids=[Command.create({"kind": "question", "name": "Who decides?"})],
        )
        self.assertEqual(visit.action_print_brief()["type"], "ir.actions.report")
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.salesperson)
            ._render_qweb_html(REPORT, visit.ids)
        )
        for text in (b"Customer North", b"S-ORDER", b"Agree on a trial", b"Who dec"):
            self.assertIn(text, html)
