# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .visit_common import NOON, VisitCommon

MODELS = (
    "sales.visit",
    "sales.visit.pain",
    "sales.visit.photo",
    "sales.visit.place",
    "sales.visit.point",
    "sales.visit.product",
    "sales.visit.rule",
)
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitAccess(VisitCommon):
    """Visits are for the salesperson, their leaders and the director."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env,
            "visit_portal",
            groups="base.group_portal",
            partner_id=cls.north_contact.id,
        )
        cls.public = cls.env.ref("base.public_user")
        cls.employee = new_test_user(cls.env, "visit_employee")
        cls.visit = cls._visit(
            result="They are nearly broke",
            goal_ids=[Command.create({"kind": "goal", "name": "Raise the price"})],
            pain_ids=[Command.create({"name": "Downtime"})],
            product_ids=[Command.create({"product_id": cls.product.id})],
            contact_ids=cls.north_contact.ids,
        )
        cls.env["sales.visit.photo"].create({"visit_id": cls.visit.id, "image": PIXEL})
        cls.env["sales.visit.place"].create(
            {"visit_id": cls.visit.id, "moment": "in", "at": NOON, "state": "inside"}
        )
        cls.env["sales.visit.rule"].create({"name": "Goal"})
        # The customer is invited.
        cls.visit.event_id.sudo().partner_ids += cls.north_contact

    def test_who_reads_and_who_writes(self):
        for user, may_read, may_write in (
            (self.salesperson, True, True),
            (self.leader, True, True),
            (self.director, True, True),
            (self.colleague, False, False),
            (self.outsider, False, False),
        ):
            visit = self.visit.with_user(user)
            parts = (
                visit,
                *(
                    visit.sudo()[n].sudo(False)
                    for n in ("goal_ids", "pain_ids", "product_ids")
                ),
            )
            for part in parts:
                with self.subTest(user=user.name, model=part._name):
                    self.assertEqual(part.has_access("read"), may_read)
                    self.assertEqual(part.has_access("write"), may_write)

    def test_the_salesperson_of_the_customer_reads_what_a_colleague_did(self):
        visit = self._visit(user=self.colleague).with_user(self.salesperson)
        self.assertTrue(visit.has_access("read"))
        self.assertFalse(visit.has_access("write"))
        with self.assertRaises(AccessError):
            visit.env["sales.visit.pain"].create({"visit_id": visit.id, "name": "X"})

    def test_nobody_plans_a_visit_for_somebody_they_do_not_lead(self):
        for user, other in (
            (self.salesperson, self.colleague),
            (self.leader, self.outsider),
        ):
            with self.assertRaises(AccessError):
                self._visit(user=user, user_id=other.id)
            with self.assertRaises(AccessError):
                self._visit(user=user).user_id = other

    def test_customers_and_the_public_read_nothing_by_call(self):
        for user in (self.portal, self.public, self.employee):
            for model in MODELS:
                records = self.env[model].with_user(user)
                found = records.browse(self.env[model].search([], limit=1).ids)
                for call in (
                    lambda r=records: r.search_read([]),
                    lambda r=records: r.formatted_read_group([], [], ["__count"]),
                    lambda r=records: r.name_search(""),
                    lambda r=records: r.search_count([("id", ">", 0)]),
                    lambda f=found: f.read(["write_date"]),
                    lambda f=found: f.web_read({"display_name": {}}),
                    lambda f=found: f.write({"write_date": False}),
                ):
                    with (
                        self.subTest(user=user.login, model=model),
                        self.assertRaises(AccessError),
                    ):
                        call()
                # As such, not only of these records
                with self.assertRaises(UserError):
                    found.export_data(["id"])

    def test_a_customer_reads_subject_time_and_place_of_the_meeting_only(self):
        event = self.visit.event_id.with_user(self.portal)
        names = [
            name
            for name, field in event._fields.items()
            if event._has_field_access(field, "read")
        ]
        self.assertNotIn("sales_visit_ids", names)
        told = str(event.search_read([("id", "=", event.id)], ["name", "description"]))
        self.assertIn("Visit: Customer North", told)
        for secret in ("broke", "Raise the price", "Downtime"):
            self.assertNotIn(secret, told)
        with self.assertRaises(AccessError):
            event.search([("sales_visit_ids.result", "ilike", "broke")])
        with self.assertRaises(UserError):
            event.export_data(["sales_visit_ids/result"])
        with self.assertRaises(AccessError):
            event.action_open_sales_visit()

    def test_places_are_not_found_by_way_of_visits(self):
        """The salesperson of the customer reads the visit of a colleague."""
        visit = self._visit(user=self.colleague)
        self.env["sales.visit.place"].create(
            {
                "visit_id": visit.id,
                "moment": "in",
                "at": NOON,
                "state": "outside",
                "latitude": 25,
                "reason": "In the pub",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()  # The cache is shared within a transaction only.
        visit = visit.with_user(self.salesperson)
        visits = visit.browse()
        self.assertTrue(visit.read(["name"]))
        for domain in (
            [("place_ids.latitude", ">", 0)],
            [("place_ids.reason", "ilike", "pub")],
            [("place_ids", "any", [("state", "=", "outside")])],
            [("place_state", "=", "outside")],
        ):
            with self.subTest(domain):
                self.assertNotIn(visit, visits.search(domain))
                self.assertFalse(
                    visits.formatted_read_group(domain, [], ["__count"])[0]["__count"]
                )
        self.assertFalse(visit.read(["place_ids"])[0]["place_ids"])
        self.salesperson.group_ids += self.env.ref("base.group_allow_export")
        told = visit.export_data(["name", "place_ids/latitude", "place_ids/reason"])
        self.assertNotIn("pub", str(told))

    def test_colleagues_do_not_come_to_visits_by_way_of_events(self):
        event = self.visit.event_id.with_user(self.colleague)
        self.env.invalidate_all()
        self.assertFalse(event.sales_visit_ids)
        self.assertNotIn(event, event.search([("sales_visit_ids.result", "!=", False)]))
        with self.assertRaises(AccessError):
            event.action_open_sales_visit()
        own = self._visit(user=self.colleague)
        for write in (
            lambda: own.event_id.with_user(self.colleague).write(
                {"sales_visit_ids": [Command.link(self.visit.id)]}
            ),
            lambda: event.create(
                {
                    "name": "Mine",
                    "start": NOON,
                    "stop": NOON,
                    "sales_visit_ids": [Command.link(self.visit.id)],
                }
            ),
            lambda: own.write({"event_id": self.visit.event_id.id}),
        ):
            with self.assertRaises(AccessError):
                write()

    def test_photos_are_no_attachments_for_others(self):
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", "sales.visit.photo"), ("res_field", "!=", False)]
            )
        )
        self.assertTrue(attachments)
        for user in (self.portal, self.employee, self.colleague):
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachments.with_user(user).read(["datas"])

    def test_nobody_prints_the_brief_of_a_visit_they_may_not_read(self):
        for user in (self.portal, self.employee, self.colleague, self.outsider):
            reports = self.env["ir.actions.report"].with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                reports._render_qweb_html(
                    "sales_efficiency_process.sales_visit_brief_report", self.visit.ids
                )

    def test_nobody_answers_the_question_of_somebody_else(self):
        checks = self.env["sales.visit.check"]
        own = checks.with_user(self.salesperson).create({"visit_id": self.visit.id})
        for user in (self.leader, self.director, self.colleague):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    own.with_user(user).action_confirm()
                with self.assertRaises(AccessError):
                    checks.with_user(user).create(
                        {"visit_id": self.visit.id, "reason": "Me"}
                    ).action_confirm()

    def test_orders_and_partners_tell_customers_nothing_of_visits(self):
        order = self._create_order(self.north_contact)
        order.message_subscribe(self.north_contact.ids)
        for record in (
            order.with_user(self.portal),
            self.north_contact.with_user(self.portal),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.read(["sales_visit_count"])

    def test_customers_call_no_button_of_ours(self):
        visit = self.visit.with_user(self.portal)
        for call in (
            lambda: visit.check_in({"latitude": 1, "longitude": 1}),
            lambda: visit.check_out(None),
            visit.action_done,
            visit.action_cancel,
            visit.action_reopen,
            visit.action_plan_next,
            visit.action_open_actions,
            visit.action_locate,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_customers_follow_no_visit(self):
        self.assertNotIn(self.north_contact, self.visit.sudo().message_partner_ids)

    def test_companies_do_not_mix(self):
        other = self.env["res.company"].create({"name": "Other"})
        director = self._create_user("director", login="other_director")
        director.write({"company_ids": other.ids, "company_id": other.id})
        self.assertFalse(self.visit.with_user(director).has_access("read"))
        self.assertFalse(self.env["sales.visit"].with_user(director).search([]))
