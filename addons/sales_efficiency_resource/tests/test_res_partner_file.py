# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from pathlib import Path

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .file_common import FileCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestResPartnerFile(FileCommon):
    """Salespeople fill the files of their customers."""

    def setUp(self):
        super().setUp()
        self.customer = self.customer_north.with_user(self.salesperson)

    def _fresh(self, customer):
        self.env.invalidate_all()
        return customer

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def test_directors_see_all_customers_first_others_their_own(self):
        action = self.env.ref("sales_efficiency_resource.res_partner_action_customers")
        self.assertIn("search_default_mine", action.context)
        view = self.env.ref("sales_efficiency_resource.res_partner_view_search_file")
        for user, is_filtered in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, False),
        ):
            partners = self.env["res.partner"].with_user(user)
            arch = partners.get_view(view.id, "search")["arch"]
            self.assertEqual('name="mine"' in arch, is_filtered, user.name)

    # ------------------------------------------------------------------
    # Completeness
    # ------------------------------------------------------------------

    def test_a_file_is_as_complete_as_the_weights_of_what_is_filled_in(self):
        self.assertEqual(self.customer.sales_completeness, 0)
        self.customer.phone = "+886 2 2469 4407"
        self.assertEqual(self._fresh(self.customer).sales_completeness, 10)
        self._create_need(self.customer, self.line_a, self.salesperson, amount=10)
        self.customer.sales_potential_amount = 1000
        self.assertEqual(self._fresh(self.customer).sales_completeness, 70)
        self._create_stakeholder(self.customer, self.north_contact, self.salesperson)
        self.customer.industry_id = self.env["res.partner.industry"].search([], limit=1)
        self.assertEqual(self._fresh(self.customer).sales_completeness, 100)
        self.assertFalse(self.customer.sales_missing)

    def test_what_is_missing_is_said_in_words(self):
        self.customer.sales_potential_amount = 5
        self.customer.phone = "  "
        customer = self._fresh(self.customer)
        self.assertEqual(
            customer.sales_missing, "Phone, Industry, Stakeholders, and Needs"
        )

    def test_a_class_has_a_list_of_its_own(self):
        shop = self.env["sales.customer.class"].create(
            {
                "name": "Shop",
                "field_ids": [Command.create({"name": "website", "weight": 3})],
            }
        )
        empty = self.env["sales.customer.class"].create({"name": "Empty"})
        self.customer.write({"sales_class_id": shop.id, "website": "a.example"})
        self.assertEqual(self._fresh(self.customer).sales_completeness, 100)
        self.customer.sales_class_id = empty
        self.assertEqual(self._fresh(self.customer).sales_completeness, 0)
        self.assertIn("Phone", self.customer.sales_missing)

    def test_incomplete_files_are_found(self):
        partners = self.env["res.partner"].with_user(self.salesperson)
        both = (self.customer_north | self.customer_south).ids
        self.customer.phone = "+886 2 2469 4407"

        def search(operator, value):
            return partners.search(
                [("id", "in", both), ("sales_completeness", operator, value)]
            )

        self.assertEqual(search("<", 100), self.customer_north)
        self.assertFalse(search("<", 10))
        partners = partners.with_user(self.director)
        self.assertEqual(search("<", 100).ids, both)
        self.assertEqual(search("<", 10), self.customer_south)
        self.assertEqual(search(">=", 10), self.customer_north)

    def test_what_another_company_collects_does_not_count(self):
        self._create_need(
            self.customer_north,
            self.line_a,
            company_id=self.other_company.id,
            currency_id=self.other_company.currency_id.id,
        )
        self.customer_north.with_company(self.other_company).sales_potential = 7
        self.assertEqual(self._fresh(self.customer).sales_completeness, 0)
        other = self.customer_north.with_company(self.other_company)
        self.assertEqual(other.sales_completeness, 60)

    def test_archived_stakeholders_do_not_count(self):
        stakeholder = self._create_stakeholder(self.customer_north, self.north_contact)
        self.assertEqual(self._fresh(self.customer).sales_completeness, 20)
        stakeholder.active = False
        self.assertEqual(self._fresh(self.customer).sales_completeness, 0)

    def test_any_list_of_any_file_costs_the_same_queries(self):
        customers = self.env["res.partner"].create(
            [
                {"name": f"Customer {n}", "user_id": self.salesperson.id}
                for n in range(30)
            ]
        )
        names = [
            "sales_completeness",
            "sales_missing",
            "sales_purchase_amount",
            "sales_missing_line_count",
            "is_sales_file_open",
        ]

        def read(partners):
            partners = partners.with_user(self.salesperson)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            partners.read(names)
            return self.env.cr.sql_log_count - before

        read(customers)
        self.assertEqual(read(customers), read(customers[:2]))

    def test_the_form_asks_for_what_is_missing(self):
        self.customer.phone = "+886 2 2469 4407"
        action = self._fresh(self.customer).action_fill_sales_file()
        self.assertEqual(action["res_id"], self.customer_north.id)
        view = "sales_efficiency_resource.res_partner_view_form_fill"
        with Form(self.customer, view) as form:
            form.sales_potential = 800
            with self.assertRaisesRegex(AssertionError, "phone"):
                form.phone = "1"
        self.assertEqual(self.customer.sales_potential_amount, 800)

    def test_the_form_follows_the_lists(self):
        view = self.env.ref("sales_efficiency_resource.res_partner_view_form_fill")
        get = self.env["res.partner"].with_user(self.salesperson).get_view
        self.assertNotIn('name="website"', get(view.id, "form")["arch"])
        self.env["sales.customer.class.field"].with_user(self.director).create(
            {"name": "website"}
        )
        self.assertIn('name="website"', get(view.id, "form")["arch"])

    def test_bad_lists_are_refused(self):
        lists = self.env["sales.customer.class.field"].with_user(self.director)
        with self.assertRaises(ValidationError):
            lists.create({"name": "credit_limit"})
        with self.assertRaises(ValidationError):
            lists.create({"name": "message_ids"})
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            lists.create({"name": "website", "weight": 0})
        with self.assertRaises(AccessError):
            lists.with_user(self.leader).create({"name": "website"})

    # ------------------------------------------------------------------
    # Potential
    # ------------------------------------------------------------------

    def test_a_potential_is_of_today_and_in_the_currency_of_the_company(self):
        self.customer.sales_potential_amount = 1200
        self.assertRecordValues(
            self.customer,
            [
                {
                    "sales_potential": 1200,
                    "sales_potential_currency_id": self.company.currency_id.id,
                    "sales_potential_date": date(2026, 6, 15),
                }
            ],
        )

    def test_a_potential_is_converted_at_the_rate_of_its_day(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [
                    Command.create({"name": "2026-01-01", "rate": 4}),
                    Command.create({"name": "2026-06-01", "rate": 5}),
                ],
            }
        )
        self.customer.write(
            {
                "sales_potential_amount": 1000,
                "sales_potential_currency_id": currency.id,
                "sales_potential_date": "2026-03-01",
            }
        )
        self.assertEqual(self.customer.sales_potential, 250)
        self.customer.sales_potential_date = "2026-06-02"
        self.assertEqual(self.customer.sales_potential, 200)
        self.customer.sales_potential_amount = 500
        self.assertEqual(self.customer.sales_potential, 100)
        self.assertEqual(self.customer.sales_potential_date, date(2026, 6, 15))

    def test_a_potential_told_in_the_currency_of_the_company_stands_as_told(self):
        self.customer.sales_potential = 900
        self.assertEqual(self.customer.sales_potential_amount, 900)
        self.customer.sales_potential = 0
        self.assertFalse(self.customer.sales_potential_date)

    def test_each_company_has_its_own_potential(self):
        self.customer_north.sales_potential_amount = 100
        other = self.customer_north.with_company(self.other_company)
        self.assertFalse(other.sales_potential_amount)
        other.sales_potential_amount = 7
        self.assertEqual(self.customer_north.sales_potential, 100)

    def test_a_negative_potential_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "negative"):
            self.customer.sales_potential_amount = -1

    def test_new_customers_may_come_with_a_potential(self):
        customer = self.env["res.partner"].create(
            {"name": "New", "sales_potential_amount": 60}
        )
        self.assertEqual(customer.sales_potential, 60)

    # ------------------------------------------------------------------
    # Needs
    # ------------------------------------------------------------------

    def test_a_salesperson_fills_in_needs(self):
        with Form(self.customer) as form, form.sales_need_ids.new() as need:
            need.categ_id = self.line_a
            need.amount = 5000
            need.share = 20
            need.supplier = "Rival"
        self.assertRecordValues(
            self.customer.sales_need_ids,
            [{"amount": 5000, "company_id": self.company.id, "share": 20}],
        )

    def test_needs_in_other_currencies_add_up_in_that_of_the_company(self):
        currency = self.env["res.currency"].create(
            {
                "name": "TST",
                "symbol": "T",
                "rate_ids": [Command.create({"name": "2026-01-01", "rate": 4})],
            }
        )
        self._create_need(self.customer, self.line_a, amount=100, share=25)
        self._create_need(
            self.customer, self.line_b, amount=400, share=50, currency_id=currency.id
        )
        [[whole, others]] = self.env["sales.need"]._read_group(
            [("partner_id", "=", self.customer.id)],
            [],
            ["company_amount:sum", "open_amount:sum"],
        )
        self.assertEqual((whole, others), (100 + 100, 75 + 50))

    def test_a_product_line_is_needed_once(self):
        self._create_need(self.customer, self.line_a)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_need(self.customer, self.line_a)

    def test_bad_needs_are_refused(self):
        for values in ({"share": 101}, {"share": -1}, {"amount": -5}, {"quantity": -1}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._create_need(self.customer, self.line_a, **values)
        with self.assertRaisesRegex(ValidationError, "unit"):
            self._create_need(self.customer, self.line_a, quantity=7)

    def test_a_need_in_particular_has_a_name_and_no_yearly_figures(self):
        values = {"kind": "particular", "categ_id": False, "name": "Fewer rejects"}
        for _number in range(2):
            need = self._create_need(self.customer, self.line_a, **values)
            self.assertEqual(need.display_name, "Fewer rejects")
        for wrong in ({"name": " "}, {"amount": 5}, {"quantity": 5}):
            unit = self.env.ref("uom.product_uom_unit").id
            with (
                self.subTest(wrong),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self._create_need(
                    self.customer,
                    self.line_a,
                    **{**values, "uom_id": unit, **wrong},
                )

    def test_yearly_figures_are_those_of_a_product_line(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._create_need(self.customer, self.env["product.category"])

    def test_needs_of_a_contact_are_those_of_its_company(self):
        need = self._create_need(self.north_contact, self.line_a)
        self.assertEqual(need.partner_id, self.customer_north)

    def test_plans_of_activities_follow_the_renamed_model(self):
        path = Path(__file__).parents[1] / "migrations/19.0.1.4.0/pre-needs.py"
        script = load_script(str(path), "pre_needs")
        plan = self.env["mail.activity.plan"].create(
            {"name": "Test", "res_model": "sales.need"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_activity_plan SET res_model = %s WHERE id = %s",
            [script.MODEL, plan.id],
        )
        script._rename_model(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual(plan.res_model, "sales.need")

    # ------------------------------------------------------------------
    # Who sees a file
    # ------------------------------------------------------------------

    def test_files_are_for_the_salesperson_the_leaders_and_directors(self):
        need = self._create_need(self.customer_north, self.line_a)
        for user, sees in (
            (self.salesperson, True),
            (self.colleague, False),
            (self.outsider, False),
            (self.leader, True),
            (self.director, True),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(need.with_user(user).has_access("read"), sees)
                customer = self.customer_north.with_user(user)
                self.assertEqual(customer.is_sales_file_open, sees)

    def test_files_go_with_the_person_who_moves_team(self):
        need = self._create_need(self.customer_north, self.line_a)
        other_leader = self._create_user("leader", login="other_leader")
        self.team_other.user_id = other_leader
        self.assertFalse(need.with_user(other_leader).has_access("read"))
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self.env.invalidate_all()
        self.assertTrue(need.with_user(other_leader).has_access("read"))
        self.assertFalse(need.with_user(self.leader).has_access("read"))

    def test_nobody_fills_the_file_of_others(self):
        with self.assertRaises(AccessError):
            self._create_need(self.customer_north, self.line_a, self.outsider)

    def test_companies_do_not_read_each_other(self):
        need = self._create_need(
            self.customer_north,
            self.line_a,
            company_id=self.other_company.id,
            currency_id=self.other_company.currency_id.id,
        )
        self.assertFalse(need.with_user(self.director).has_access("read"))

    def test_portal_and_finance_see_nothing_of_it(self):
        portal = new_test_user(self.env, "file_portal", groups="base.group_portal")
        finance = new_test_user(
            self.env, "file_finance", groups="account.group_account_user"
        )
        self.customer_north.sales_potential = 9
        portal.partner_id.parent_id = self.customer_north
        need = self._create_need(self.customer_north, self.line_a)
        for user in (portal, finance):
            with self.subTest(user=user.login):
                self.assertFalse(need.with_user(user).has_access("read"))
                shown = self.customer_north.with_user(user).fields_get()
                self.assertNotIn("sales_potential", shown)
                self.assertNotIn("sales_stakeholder_ids", shown)
                with self.assertRaises(AccessError):
                    self.customer_north.with_user(user).read(["sales_potential"])
