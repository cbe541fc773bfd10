# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestFirstSteps(SalesEfficiencyCommon):
    """A new company without sales, its director and its administrator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taiwan = cls.env.ref("base.tw")
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "New Week", "tz": "UTC"}
        )
        cls.new_company = cls.env["res.company"].create(
            {
                "name": "New Company",
                "currency_id": cls.env.ref("base.USD").id,
                "resource_calendar_id": cls.calendar.id,
                "sales_tz": "UTC",
            }
        )
        (cls.director + cls.leader).write(
            {
                "company_ids": [(4, cls.new_company.id)],
                "company_id": cls.new_company.id,
            }
        )
        cls.administrator = new_test_user(
            cls.env,
            login="test_administrator",
            groups="base.group_system,sales_efficiency_base.group_sales_director",
            company_id=cls.new_company.id,
            tz="Asia/Taipei",
        )
        cls.env["sales.region"].search([]).write({"company_id": cls.company.id})

    def _get_panels(self, user):
        return self.env["sales.cockpit"].with_user(user).get_data()["panels"]

    def _get_step(self, code, user=None):
        steps = self._get_panels(user or self.administrator)["start"]["steps"]
        return next(step for step in steps if step["code"] == code)

    def _accept(self, code, user=None):
        steps = self.env["onboarding.onboarding.step"]
        steps = steps.with_user(user or self.administrator)
        return getattr(steps, f"action_accept_sales_{code}")()

    # The list

    def test_directors_see_the_steps_and_others_do_not(self):
        self.assertIn("start", self._get_panels(self.director))
        self.assertNotIn("start", self._get_panels(self.leader))

    def test_every_step_opens_what_it_is_about(self):
        steps = self._get_panels(self.administrator)["start"]["steps"]
        self.assertEqual(
            [step["code"] for step in steps][:5],
            ["company", "regions", "teams", "history", "lines"],
        )
        model = self.env["onboarding.onboarding.step"].with_user(self.administrator)
        for step in steps:
            with self.subTest(step=step["code"]):
                action = getattr(model, step["open"])()
                self.assertIn(action["res_model"], self.env)

    def test_who_hides_the_steps_hides_them_for_the_company_only(self):
        onboarding = self.env["onboarding.onboarding"].with_user(self.director)
        onboarding.action_close_panel_sales_start()
        self.assertNotIn("start", self._get_panels(self.director))
        self.assertNotIn("start", self._get_panels(self.administrator))
        self.director.company_id = self.company
        self.assertIn("start", self._get_panels(self.director))
        self.director.company_id = self.new_company
        onboarding.action_show_panel_sales_start()
        self.assertIn("start", self._get_panels(self.director))

    def test_who_is_no_director_can_neither_hide_nor_show_them(self):
        onboarding = self.env["onboarding.onboarding"].with_user(self.leader)
        with self.assertRaises(AccessError):
            onboarding.action_close_panel_sales_start()
        with self.assertRaises(AccessError):
            onboarding.action_show_panel_sales_start()

    # Company

    def test_the_clock_of_a_new_company_is_proposed_from_where_its_user_is(self):
        step = self._get_step("company")
        self.assertFalse(step["is_done"])
        self.assertEqual(step["proposal"], "Use Taiwan · TWD · Asia/Taipei")
        # Else the page would show figures in a currency that it does not know.
        self.assertEqual(self._accept("company")["tag"], "reload")
        self.assertRecordValues(
            self.new_company,
            [
                {
                    "country_id": self.taiwan.id,
                    "currency_id": self.env.ref("base.TWD").id,
                    "sales_tz": "Asia/Taipei",
                }
            ],
        )
        self.assertEqual(self.calendar.tz, "Asia/Taipei")
        step = self._get_step("company")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["proposal"])
        self.assertIn("TWD · Asia/Taipei · fiscal year to December 31", step["state"])

    def test_a_country_without_an_address_is_that_of_the_chart_of_accounts(self):
        self.new_company.country_id = self.env.ref("base.us")
        self.assertEqual(
            self._get_step("company")["proposal"], "Use Taiwan · TWD · Asia/Taipei"
        )
        self.new_company.city = "Chicago"
        self.assertEqual(
            self._get_step("company")["proposal"],
            "Use United States · America/New_York",
        )

    def test_a_director_who_is_no_administrator_is_sent_to_one(self):
        self.new_company.country_id = self.taiwan
        step = self._get_step("company", self.director)
        self.assertFalse(step["is_allowed"] or step["proposal"])
        with self.assertRaises(AccessError):
            self._accept("company", self.director)

    def test_the_currency_stays_once_there_are_sales(self):
        self.new_company.country_id = self.taiwan
        self._sell_in_new_company()
        self.assertEqual(
            self._get_step("company")["proposal"], "Use Taiwan · Asia/Taipei"
        )
        self._accept("company")
        self.assertEqual(self.new_company.currency_id, self.env.ref("base.USD"))

    # Regions

    def test_regions_are_proposed_from_the_addresses_of_customers(self):
        taipei, kaohsiung = (
            self.env.ref(f"base.state_tw_{code}") for code in ("tpc", "khc")
        )
        japan = self.env.ref("base.jp")
        existing = self.env["res.partner"].search([("country_id", "!=", False)])
        existing.write({"country_id": False})
        self.new_company.country_id = self.taiwan
        customers = self.env["res.partner"].create(
            [
                {"name": "A", "country_id": self.taiwan.id, "state_id": taipei.id},
                {"name": "B", "country_id": self.taiwan.id, "state_id": kaohsiung.id},
                {"name": "C", "country_id": japan.id},
                {"name": "D", "country_id": self.taiwan.id},
            ]
        )
        self.assertEqual(
            self._get_step("regions", self.director)["proposal"],
            "Create Regions from Addresses (4 → 4)",
        )
        self._accept("regions", self.director)
        self.assertEqual(
            customers.sales_region_id.mapped("complete_name"),
            [
                f"Taiwan / {taipei.name}",
                f"Taiwan / {kaohsiung.name}",
                "Japan",
                "Taiwan / Elsewhere in Taiwan",
            ],
        )
        step = self._get_step("regions", self.director)
        self.assertTrue(step["is_done"])
        self.assertFalse(step["proposal"])

    # Teams

    def test_people_in_teams_get_the_roles_that_they_lack(self):
        member, head, assistant = (
            new_test_user(
                self.env, login=f"test_new_{name}", company_id=self.new_company.id
            )
            for name in ("member", "head", "assistant")
        )
        self.env["crm.team"].search([]).write({"company_id": self.company.id})
        self.env["crm.team"].create(
            {
                "name": "New Team",
                "company_id": self.new_company.id,
                "user_id": head.id,
                "member_ids": member.ids,
                "sales_support_ids": assistant.ids,
            }
        )
        step = self._get_step("teams")
        self.assertFalse(step["is_done"])
        for user in (member, assistant):
            self.assertIn(user.name, step["state"])
        self.assertFalse(self._get_step("teams", self.director)["proposal"])
        self._accept("teams")
        self.assertTrue(member.has_group("sales_efficiency_base.group_sales_person"))
        self.assertFalse(member.has_group("sales_efficiency_base.group_sales_leader"))
        self.assertTrue(head.has_group("sales_efficiency_base.group_sales_leader"))
        self.assertTrue(assistant._is_sales_support())
        self.assertFalse(member._is_sales_support() or head._is_sales_support())
        self.assertTrue(self._get_step("teams")["is_done"])

    def test_nobody_gets_the_roles_of_somebody_else(self):
        members = self.env["res.users"].concat(
            *(
                new_test_user(
                    self.env,
                    login=f"test_new_{name}",
                    groups=groups,
                    company_id=self.new_company.id,
                )
                for name, groups in (
                    ("plain", "base.group_user"),
                    ("powerful", "base.group_user,base.group_system"),
                )
            )
        )
        self.env["crm.team"].create(
            {
                "name": "New Team",
                "company_id": self.new_company.id,
                "member_ids": members.ids,
            }
        )
        self._accept("teams")
        role = "sales_efficiency_base.group_sales_person"
        self.assertTrue(all(user.has_group(role) for user in members))
        self.assertFalse(members[0].has_group("base.group_system"))

    # Past sales and product lines

    def _sell_in_new_company(self):
        self.env["sales.history.line"].create(
            {
                "date": date(2025, 3, 1),
                "amount": 100,
                "company_id": self.new_company.id,
            }
        )
        self.env["sales.mart"]._refresh()

    def test_past_sales_are_there_once_they_count(self):
        self.assertFalse(self._get_step("history")["is_done"])
        self._sell_in_new_company()
        step = self._get_step("history")
        self.assertTrue(step["is_done"])
        self.assertEqual(step["state"], "Sales from 2025-03 to 2025-03")

    def test_products_without_a_line_are_shown_to_be_sorted(self):
        products = self.env["product.template"]
        products.search([]).write({"company_id": self.company.id})
        sorted_product, product = products.create(
            [
                {
                    "name": name,
                    "company_id": self.new_company.id,
                    "categ_id": category and category.id,
                }
                for name, category in (("Sorted", self.category), ("New", False))
            ]
        )
        step = self._get_step("lines")
        self.assertFalse(step["is_done"])
        self.assertEqual(step["state"], "Products in a product line: 1 of 2")
        model = self.env["onboarding.onboarding.step"].with_user(self.administrator)
        action = model.action_open_sales_lines()
        self.assertEqual(products.search(action["domain"]), product)
        product.categ_id = self.category
        self.assertTrue(self._get_step("lines")["is_done"])
        self.assertEqual(sorted_product.categ_id, self.category)
