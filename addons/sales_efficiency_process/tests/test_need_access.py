# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .need_common import NOON, NeedCommon

MODELS = (
    "sales.buying.step",
    "sales.customer.file",
    "sales.need",
    "sales.need.weight",
    "sales.solution",
    "sales.solution.answer",
    "sales.solution.line",
    "sales.solution.phase",
    "sales.stakeholder",
)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestNeedAccess(NeedCommon):
    """People, needs and solutions are for the salesperson concerned, their leaders and
    the director."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(
            cls.env,
            "need_portal",
            groups="base.group_portal",
            partner_id=cls.north_contact.id,
        )
        cls.public = cls.env.ref("base.public_user")
        cls.employee = new_test_user(cls.env, "need_employee")
        cls.person = cls._create_stakeholder(cls.customer_north, cls.north_contact)
        cls.need = cls._create_need("5434", note="Nearly broke", lead_id=cls.lead.id)
        cls.solution = cls._create_solution(
            phase_ids=[Command.create({"name": "Trial"})]
        )
        cls.step = cls.env["sales.buying.step"].create(
            {
                "name": "Approval",
                "partner_id": cls.customer_north.id,
                "lead_id": cls.lead.id,
            }
        )
        cls.env["sales.customer.file"].create(
            {"partner_id": cls.customer_north.id, "business_process": "Secret"}
        )
        cls.env["sales.need.weight"].create({})
        cls.records = (
            cls.need,
            cls.solution,
            cls.solution.answer_ids,
            cls.solution.line_ids,
            cls.solution.phase_ids,
            cls.step,
        )

    def test_who_reads_and_writes(self):
        for user, is_open in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, True),
            (self.colleague, False),
            (self.outsider, False),
            (self.employee, False),
        ):
            for record in self.records:
                with self.subTest(user=user.name, model=record._name):
                    record = record.with_user(user)
                    self.assertEqual(record.has_access("read"), is_open)
                    self.assertEqual(record.has_access("write"), is_open)

    def test_whoever_has_the_opportunity_sees_its_needs(self):
        self.customer_north.user_id = self.outsider
        self.env.flush_all()
        for user in (self.salesperson, self.outsider):
            for record in self.records:
                with self.subTest(user=user.name, model=record._name):
                    self.assertTrue(record.with_user(user).has_access("read"))

    def test_leaders_see_the_solutions_for_customers_of_their_people(self):
        solution = self._create_solution(user=self.env.user, lead_id=False)
        solution.user_id = self.outsider
        self.env.flush_all()
        for record in (solution, solution.answer_ids, solution.line_ids):
            with self.subTest(record._name):
                self.assertTrue(record.with_user(self.leader).has_access("read"))

    def test_nothing_moves_into_the_file_of_a_customer_of_others(self):
        need = self._create_need()
        step = self.step.copy({"lead_id": False}).with_user(self.salesperson)
        for record in (need, step):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.partner_id = self.customer_south

    def test_lines_do_not_move_to_another_solution(self):
        other = self._create_solution(name="Other")
        with self.assertRaisesRegex(AccessError, "cannot change any more"):
            self.solution.answer_ids.with_user(self.salesperson).solution_id = other

    def test_nobody_hands_a_solution_over_to_somebody_they_do_not_lead(self):
        solution = (
            self.env["sales.solution"]
            .with_user(self.colleague)
            .create(
                {
                    "name": "Mine",
                    "partner_id": self.customer_nowhere.id,
                }
            )
        )
        with self.assertRaises(AccessError):
            solution.user_id = self.outsider

    def test_nobody_adds_lines_to_the_solution_of_another(self):
        for model, values in (
            ("sales.solution.answer", {"name": "Mine"}),
            ("sales.solution.line", {"product_id": self.product.id}),
            ("sales.solution.phase", {"name": "Mine"}),
        ):
            lines = self.env[model].with_user(self.outsider)
            with self.subTest(model), self.assertRaises(AccessError):
                lines.create({"solution_id": self.solution.id, **values})

    def test_customers_and_the_public_read_nothing_by_call(self):
        for user in (self.portal, self.public, self.employee):
            for model in MODELS:
                records = self.env[model].with_user(user)
                found = records.browse(self.env[model].search([], limit=1).ids)
                self.assertTrue(found, model)
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
                with self.assertRaises(UserError):
                    found.export_data(["id"])

    def test_customers_find_nothing_by_way_of_their_orders_and_contacts(self):
        order = self._create_order(self.north_contact)
        self.solution.sudo().order_ids = [Command.link(order.id)]
        order.message_subscribe(self.north_contact.ids)
        order = order.with_user(self.portal)
        self.assertTrue(order.has_access("read"))
        for name in ("sales_solution_ids", "sales_solution_count"):
            with self.subTest(name), self.assertRaises(AccessError):
                order.read([name])
        for call in (
            lambda: order.search([("sales_solution_ids.amount", ">", 0)]),
            lambda: order.search([("sales_solution_ids", "!=", False)]),
            lambda: order.formatted_read_group([], ["sales_solution_ids"], ["__count"]),
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(UserError):
            order.export_data(["sales_solution_ids/name"])
        contact = self.north_contact.with_user(self.portal)
        for name in ("sales_need_count", "sales_people_missing"):
            with self.subTest(name), self.assertRaises(AccessError):
                contact.read([name])
        with self.assertRaises(AccessError):
            contact.search([("sales_need_ids.note", "ilike", "broke")])

    def test_customers_call_no_button_of_ours(self):
        solution, need = (
            one.with_user(self.portal) for one in (self.solution, self.need)
        )
        partner = self.north_contact.with_user(self.portal)
        for call in (
            solution.action_present,
            solution.action_accept,
            solution.action_decline,
            solution.action_new_version,
            solution.action_create_quotation,
            solution.action_open_orders,
            solution.action_open_versions,
            solution.action_print,
            need.action_create_solution,
            self.step.with_user(self.portal).action_done,
            partner.action_open_sales_process,
        ):
            with self.subTest(call.__name__), self.assertRaises(AccessError):
                call()

    def test_a_customer_who_writes_presents_no_solution(self):
        """The browser of a customer sends the context, and any file."""
        action = self.solution.action_create_quotation()
        order = self.env["sale.order"].browse(action["res_id"])
        # As the page of the order posts what its customer writes
        page = order.with_user(self.portal).sudo()
        page.with_context(mark_so_as_sent=True).message_post(
            body="Our own solution",
            attachments=[(f"{self.solution._get_pdf_name()}.pdf", b"%PDF-1.4 forged")],
        )
        self.assertEqual((order.state, self.solution.state), ("draft", "draft"))

    def test_customers_follow_nothing_of_it(self):
        for record in (self.need, self.solution, self.person):
            record.sudo().message_subscribe(self.north_contact.ids)
            with self.subTest(record._name):
                self.assertNotIn(self.north_contact, record.sudo().message_partner_ids)
                proposed = record.sudo()._message_get_suggested_recipients()
                self.assertNotIn(
                    self.north_contact.id, [one["partner_id"] for one in proposed]
                )

    def test_companies_do_not_mix(self):
        other = self.env["res.company"].create({"name": "Other"})
        director = self._create_user("director", login="other_director")
        director.write({"company_ids": other.ids, "company_id": other.id})
        for record in self.records:
            with self.subTest(record._name):
                self.assertFalse(record.with_user(director).has_access("read"))

    def test_rights_to_quotations_are_asked_once_for_many_solutions(self):
        solutions = self.env["sales.solution"].with_user(self.salesperson)
        for _number in range(3):
            solution = self._create_solution()
            solution.action_create_quotation()
            solutions += solution
        self.env.flush_all()
        self.env.invalidate_all()
        orders = type(self.env["sale.order"])
        check = orders._check_access
        asked = []

        def note(records, operation):
            if records:
                asked.append(records)
            return check(records, operation)

        with patch.object(orders, "_check_access", note):
            self.assertEqual(solutions.mapped("order_count"), [1, 1, 1])
        self.assertEqual(len(asked), 1)
