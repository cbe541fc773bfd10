# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import GROUPS, SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesSupport(SalesEfficiencyCommon):
    """Sales support works on the documents of the teams it serves, and sees its own
    figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support = cls._create_support(cls.team_field)
        cls.order = cls._create_order(team_id=cls.team_field.id)
        cls.other_order = cls._create_order(
            user=cls.outsider, team_id=cls.team_other.id
        )

    def _visible(self, records):
        self.env.flush_all()
        return records.with_user(self.support)._filtered_access("read")

    # ------------------------------------------------------------------
    # Role
    # ------------------------------------------------------------------

    def test_the_role_stands_between_salesperson_and_leader(self):
        names = ["salesperson", "support", "leader", "director"]
        roles = self.env["res.groups"].concat(
            *(self.env.ref(GROUPS[name]) for name in names)
        )
        hierarchy = self.env["res.groups"]._get_view_group_hierarchy()
        shown = hierarchy["privileges"][roles.privilege_id.id]["group_ids"]
        self.assertEqual(shown, roles.ids)
        for higher, lower in zip(roles[1:], roles[:-1], strict=True):
            self.assertIn(lower, higher.all_implied_ids)

    def test_the_highest_role_counts(self):
        for name, is_support in (
            ("salesperson", False),
            ("support", True),
            ("leader", False),
            ("director", False),
        ):
            user = getattr(self, name)
            with self.subTest(name):
                self.assertEqual(user.sales_role_id, self.env.ref(GROUPS[name]))
                self.assertEqual(user._is_sales_support(), is_support)

    def test_who_serves_a_team_belongs_to_its_company(self):
        self.team_field.company_id = self.company
        stranger = new_test_user(
            self.env,
            "stranger",
            groups=GROUPS["support"],
            company_id=self._create_company().id,
        )
        with self.assertRaises(UserError):
            self.team_field.sales_support_ids += stranger

    def test_only_directors_say_who_serves_whom(self):
        with self.assertRaises(AccessError):
            self.team_other.with_user(self.support).sales_support_ids = self.support
        with self.assertRaises(AccessError):
            self.support.with_user(self.support).write(
                {"sales_served_team_ids": [Command.link(self.team_other.id)]}
            )
        with Form(self.team_other.with_user(self.director)) as form:
            form.sales_support_ids.add(self.support)
        self.assertIn(self.team_other, self.support.sales_served_team_ids)

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def test_orders_of_the_teams_served_are_worked_on(self):
        self.assertEqual(self._visible(self.order + self.other_order), self.order)
        order = self.order.with_user(self.support)
        order.order_line.product_uom_qty = 3
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_untaxed, 300)
        self.assertEqual(order.user_id, self.salesperson)
        with self.assertRaises(AccessError):
            self.other_order.with_user(self.support).client_order_ref = "x"

    def test_the_order_desk_enters_orders_for_salespeople(self):
        orders = self.env["sale.order"].with_user(self.support)
        with Form(orders) as form:
            form.partner_id = self.customer_north
            form.user_id = self.salesperson
            with form.order_line.new() as line:
                line.product_id = self.product
        order = form.record
        self.assertEqual(order.team_id, self.team_field)
        self.assertEqual(order.user_id, self.salesperson)

    def test_opportunities_of_the_teams_served_are_worked_on(self):
        own, other = self.env["crm.lead"].create(
            [
                {
                    "name": user.name,
                    "type": "opportunity",
                    "user_id": user.id,
                    "team_id": team.id,
                }
                for user, team in (
                    (self.salesperson, self.team_field),
                    (self.outsider, self.team_other),
                )
            ]
        )
        self.assertEqual(self._visible(own + other), own)
        own.with_user(self.support).expected_revenue = 500
        self.assertEqual(own.expected_revenue, 500)

    def test_invoices_of_the_teams_served_are_read(self):
        moves = self.env["account.move"]
        for order in (self.order, self.other_order):
            order.action_confirm()
            moves += order._create_invoices()
        self.assertEqual(self._visible(moves), moves[0])
        self.assertEqual(
            self._visible(moves.invoice_line_ids), moves[0].invoice_line_ids
        )

    def test_teams_below_are_served_too(self):
        self.team_field.sales_support_ids = False
        self.assertFalse(self._visible(self.order))
        self.team_department.sales_support_ids = self.support
        self.assertEqual(self._visible(self.order + self.other_order), self.order)

    def test_a_filter_finds_what_the_teams_served_sell(self):
        for model, view in (
            ("sale.order", "sale.sale_order_view_search_inherit_quotation"),
            ("crm.lead", "crm.view_crm_case_opportunities_filter"),
        ):
            for user, is_shown in ((self.support, True), (self.salesperson, False)):
                records = self.env[model].with_user(user)
                arch = records.get_view(self.env.ref(view).id, "search")["arch"]
                with self.subTest(model, user=user.name):
                    self.assertEqual("teams_served" in arch, is_shown)
        found = self.env["sale.order"].search(
            [("team_id.sales_support_ids", "in", [self.support.id])]
        )
        self.assertIn(self.order, found)
        self.assertNotIn(self.other_order, found)

    def test_what_ends_with_the_service(self):
        self.assertTrue(self._visible(self.order))
        self.support.write({"sales_served_team_ids": [Command.clear()]})
        self.assertFalse(self._visible(self.order))

    def test_the_role_alone_opens_nothing(self):
        assistant = self._create_user("support", login="assistant")
        for record in (self.order, self.other_order):
            self.assertFalse(record.with_user(assistant).has_access("read"))

    def test_a_salesperson_named_as_support_needs_the_role(self):
        self.team_field.sales_support_ids += self.outsider
        self.assertFalse(self.order.with_user(self.outsider).has_access("read"))

    def test_who_gets_the_sale_is_not_decided_by_support(self):
        credit = self.env["sales.credit"].create(
            {"order_id": self.order.id, "user_id": self.salesperson.id, "share": 100}
        )
        self.assertEqual(self._visible(credit), credit)
        with self.assertRaises(AccessError):
            credit.with_user(self.support).user_id = self.support

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_figures_are_own_ones(self):
        self.order.action_confirm()
        own = self._create_order(user=self.support, team_id=self.team_field.id)
        own.action_confirm()
        self.env.flush_all()
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].with_user(self.support).search([])
        self.assertEqual(facts.user_id, self.support)
        self.assertIn(own.id, facts.mapped("res_id"))
        cockpit = self.env["sales.cockpit"].with_user(self.support)
        choice = cockpit._get_choice_class()(cockpit.env, {"scope": "team"})
        self.assertEqual((choice.scope, choice.scopes), ("my", ["my"]))
        self.assertTrue(choice.has_figures)

    def test_own_quotations_are_for_a_team_that_is_served(self):
        team = self.env["crm.team"].with_user(self.support)._get_default_team_id()
        self.assertEqual(team, self.team_field)
        asked = {"default_team_id": self.team_other.id}
        teams = self.env["crm.team"].with_user(self.support).with_context(**asked)
        self.assertEqual(teams._get_default_team_id(), self.team_other)
        self.team_other.member_ids += self.support
        team = self.env["crm.team"].with_user(self.support)._get_default_team_id()
        self.assertEqual(team, self.team_other)
