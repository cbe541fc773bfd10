# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..engine.grading import ClassAssignment
from .file_common import FileCommon

VALUES = {
    "sales_potential": 4321,
    "sales_potential_amount": 4321,
    "sales_potential_source": "survey",
    "sales_preferences": "No calls before ten",
}


@tagged("post_install", "-at_install")
class TestSalesCustomerFile(FileCommon):
    """Potential and preferences are open to those to whom the file is, whatever the
    call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_north.write(VALUES)
        cls.customers = cls.customer_north | cls.customer_south
        cls.support = cls._create_user("support", login="file_support")
        cls.employee, cls.accountant, cls.portal = (
            new_test_user(cls.env, login=f"file_{name}", groups=group)
            for name, group in (
                ("employee", "base.group_user"),
                ("accountant", "account.group_account_manager"),
                ("portal", "base.group_portal"),
            )
        )
        cls.portal.partner_id.parent_id = cls.customer_north

    def _as(self, user):
        self.env.invalidate_all()
        return self.customers.with_user(user)

    def _find(self, user, domain):
        domain = Domain(domain) & Domain("id", "in", self.customers.ids)
        return self._as(user).search(domain)

    def test_the_salesperson_leaders_and_directors_read_find_and_group(self):
        for user in (self.salesperson, self.leader, self.director):
            with self.subTest(user=user.login):
                [values] = self._as(user)[0].read(list(VALUES))
                self.assertEqual(values, {**VALUES, "id": self.customer_north.id})
                for domain in (
                    [("sales_potential", ">", 4000)],
                    [("sales_preferences", "ilike", "calls")],
                    [("sales_potential_source", "=", "survey")],
                ):
                    self.assertEqual(self._find(user, domain), self.customer_north)
                groups = self._as(user).formatted_read_group(
                    [("id", "in", self.customers.ids)],
                    ["sales_potential_source"],
                    ["sales_potential:sum"],
                )
                self.assertEqual(groups[0]["sales_potential_source"], "survey")
                self.assertEqual(groups[0]["sales_potential:sum"], 4321)

    def test_other_salespeople_read_nothing(self):
        for user in (self.colleague, self.outsider, self.support):
            with self.subTest(user=user.login):
                for values in (
                    self._as(user)[0].read(list(VALUES))[0],
                    self._as(user)[0].web_read({name: {} for name in VALUES})[0],
                ):
                    self.assertFalse(any(values[name] for name in VALUES))
                user.group_ids += self.env.ref("base.group_allow_export")
                rows = self._as(user).export_data(list(VALUES))["datas"]
                self.assertFalse([row for row in rows if any(row)])
                self.assertFalse(self._as(user)[0].sales_file_ids)
                self.assertEqual(self._as(user)[0].sales_completeness, 0)
                self.assertFalse(self._as(user)[0].sales_missing)

    def test_other_salespeople_find_nothing(self):
        for user in (self.colleague, self.outsider, self.support):
            own = self.customers.filtered(lambda c, user=user: c.user_id == user)
            with self.subTest(user=user.login):
                for domain, found in (
                    ([("sales_potential", ">", 4000)], self.customers.browse()),
                    ([("sales_potential", "in", [4321])], self.customers.browse()),
                    ([("sales_potential", "!=", 0)], self.customers.browse()),
                    ([("sales_preferences", "ilike", "calls")], own.browse()),
                    ([("sales_file_id", "!=", False)], own.browse()),
                    ([("sales_file_ids.potential", ">", 1)], own.browse()),
                    ([("sales_potential", "=", 0)], own),
                    ([("sales_completeness", ">", 0)], own.browse()),
                ):
                    self.assertEqual(self._find(user, domain), found, domain)

    def test_other_salespeople_neither_sort_nor_sum(self):
        for user in (self.colleague, self.outsider, self.support):
            with self.subTest(user=user.login):
                customers = self._as(user)
                domain = [("id", "in", self.customers.ids)]
                orders = [
                    customers.search(domain, order=f"sales_potential {way}, id")
                    for way in ("asc", "desc")
                ]
                self.assertEqual(*orders)
                [group] = customers.formatted_read_group(
                    domain, ["sales_potential_source"], ["sales_potential:sum"]
                )
                self.assertFalse(group["sales_potential_source"])
                self.assertFalse(group["sales_potential:sum"])

    def test_what_a_director_has_read_is_not_shown_to_others(self):
        self.assertEqual(
            self.customer_north.with_user(self.director).sales_potential, 4321
        )
        self.assertEqual(self.customer_north.sudo().sales_potential, 4321)
        self.assertFalse(self.customer_north.with_user(self.colleague).sales_potential)

    @mute_logger("odoo.models", "odoo.orm.models")
    def test_employees_accountants_and_the_portal_have_no_such_fields(self):
        for user in (self.employee, self.accountant, self.portal):
            customer = self.customer_north.with_user(user)
            with self.subTest(user=user.login):
                for name in (*VALUES, "sales_file_id"):
                    with self.assertRaises(AccessError):
                        customer.read([name])
                    with self.assertRaises(AccessError):
                        customer.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    customer.write({"sales_potential": 1})
                with self.assertRaises(AccessError):
                    customer.create({"name": "New", "sales_potential": 1})
                with self.assertRaises(AccessError):
                    customer.env["sales.customer.file"].search([])

    def test_others_do_not_fill_in_a_file(self):
        customer = self.customer_north.with_user(self.outsider)
        for values in (
            {"sales_potential": 1},
            {"sales_preferences": "x"},
            {"sales_potential": 1, "user_id": self.colleague.id},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(AccessError, "filled in by"),
                self.env.cr.savepoint(),
            ):
                customer.write(values)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            customer.env["sales.customer.file"].create(
                {"partner_id": self.customer_north.id}
            )
        self.assertEqual(self.customer_north.sales_potential, 4321)

    def test_nobody_gets_at_a_file_through_a_person_of_the_customer(self):
        """Salesperson of the person, not of the customer"""
        values = {"parent_id": self.customer_north.id, "user_id": self.outsider.id}
        contacts = self.env["res.partner"].with_user(self.outsider)
        contact = contacts.create({**values, "name": "Nick"})
        self.assertFalse(contact.sales_potential)
        self.assertFalse(contact.is_sales_file_open)
        with self.assertRaisesRegex(AccessError, "filled in by"):
            contact.sales_potential = 1
        with self.assertRaisesRegex(AccessError, "filled in by"):
            contacts.create({**values, "name": "Nick", "sales_potential": 1})

    def test_the_person_of_a_customer_shows_the_file_of_the_customer(self):
        contact = self.north_contact.with_user(self.salesperson)
        self.assertEqual(contact.sales_potential, 4321)
        contact.sales_potential = 5
        self.assertEqual(self.customer_north.sales_potential, 5)

    def test_who_makes_a_customer_states_its_potential(self):
        customer = (
            self.env["res.partner"]
            .with_user(self.outsider)
            .create({"name": "New", "is_company": True, "sales_potential": 7})
        )
        self.assertEqual(customer.sudo().sales_potential, 7)

    def test_a_customer_is_handed_over_and_taken_over_with_its_potential(self):
        self.customer_north.with_user(self.salesperson).write(
            {"user_id": self.outsider.id, "sales_potential": 8}
        )
        self.assertEqual(
            self.customer_north.with_user(self.outsider).sales_potential, 8
        )
        self.assertFalse(
            self.customer_north.with_user(self.salesperson).sales_potential
        )

    def test_classes_follow_the_potential_of_all(self):
        large = self.env["sales.customer.class"].create(
            {
                "name": "Large",
                "is_automatic": True,
                "domain": "[('sales_potential', '>', 4000)]",
            }
        )
        ClassAssignment(self.company).assign()
        self.assertEqual(self.customer_north.sales_class_id, large)
        self.assertFalse(self.customer_south.sales_class_id)

    def test_a_value_of_the_file_costs_the_same_queries_for_any_list(self):
        many = self.env["res.partner"].create(
            [
                {"name": f"{n}", "user_id": self.salesperson.id, "sales_potential": n}
                for n in range(20)
            ]
        )

        def count(partners):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.with_user(self.salesperson).read(list(VALUES))
            return self.env.cr.sql_log_count - before

        count(many)
        self.assertEqual(count(many), count(many[:2]))

    def test_links_to_a_file_are_refused(self):
        with self.assertRaises(AccessError):
            self.customer_south.with_user(self.outsider).write(
                {"sales_file_ids": [Command.link(self.customer_north.sales_file_id.id)]}
            )
