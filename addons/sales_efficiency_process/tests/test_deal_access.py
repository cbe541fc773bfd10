# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .deal_common import DealCommon

OWN_MODELS = (
    "sales.negotiation",
    "sales.negotiation.round",
    "sales.negotiation.concern",
    "sales.quotation.version",
    "sales.quotation.version.line",
    "sales.contract.clause",
    "sales.contract.check",
    "sales.contract.file",
    "agreement",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDealAccess(DealCommon):
    """Bottom lines are for the salesperson concerned, their leaders and the directors;
    customers read none of it, by whatever call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.negotiation = cls.env["sales.negotiation"].create(
            {"lead_id": cls.lead.id, "bottom_amount": 777}
        )
        cls.round = cls.env["sales.negotiation.round"].create(
            {"negotiation_id": cls.negotiation.id, "offer_amount": 900}
        )
        cls.concern = cls.env["sales.negotiation.concern"].create(
            {"negotiation_id": cls.negotiation.id, "name": "The price"}
        )
        cls.contract = cls._create_contract().sudo()
        cls.portal = new_test_user(cls.env, "deal_portal", groups="base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer_north

    def _assert_seen(self, records, user, is_seen):
        with self.subTest(user=user.login, model=records._name):
            records = records.with_user(user)
            self.assertEqual(records.has_access("read"), is_seen)
            self.assertEqual(bool(records.search([("id", "in", records.ids)])), is_seen)

    def test_who_sees_a_negotiation(self):
        support = self._create_support(self.team_field)
        for records in (self.negotiation, self.round, self.concern):
            self._assert_seen(records, self.salesperson, True)
            self._assert_seen(records, self.leader, True)
            self._assert_seen(records, self.director, True)
            self._assert_seen(records, self.colleague, False)
            self._assert_seen(records, self.outsider, False)
            self._assert_seen(records, support, False)

    def test_it_follows_the_salesperson_of_the_opportunity(self):
        self.lead.user_id = self.colleague
        self._assert_seen(self.negotiation, self.colleague, True)
        self._assert_seen(self.negotiation, self.salesperson, False)

    def test_whoever_may_not_change_the_opportunity_makes_no_negotiation(self):
        lead = self.lead.copy({"name": "Other", "user_id": self.salesperson.id})
        with self.assertRaises(AccessError):
            self.env["sales.negotiation"].with_user(self.outsider).create(
                {"lead_id": lead.id}
            )

    def test_who_sees_a_contract(self):
        support = self._create_support(self.team_field)
        for records in (self.contract, self.contract.check_ids):
            self._assert_seen(records, self.salesperson, True)
            self._assert_seen(records, self.leader, True)
            self._assert_seen(records, self.director, True)
            self._assert_seen(records, support, True)
            self._assert_seen(records, self.colleague, False)
            self._assert_seen(records, self.outsider, False)

    def test_users_of_agreements_do_not_see_those_with_customers(self):
        clerk = new_test_user(
            self.env, "deal_clerk", groups="agreement.group_agreement_user"
        )
        supplier = self.env["agreement"].create(
            {"name": "Supplier", "code": "S1", "domain": "purchase"}
        )
        self._assert_seen(self.contract, clerk, False)
        self._assert_seen(supplier, clerk, True)
        self.assertTrue(supplier.with_user(clerk).has_access("write"))
        template = self.env["agreement"].create(
            {"name": "Template", "code": "T1", "is_template": True}
        )
        self._assert_seen(template, clerk, True)
        for operation in ("write", "unlink"):
            self.assertFalse(template.with_user(clerk).has_access(operation))
        manager = new_test_user(
            self.env, "deal_manager", groups="agreement.group_agreement_manager"
        )
        self._assert_seen(self.contract, manager, True)

    def test_salespeople_use_templates_without_changing_them(self):
        template = self.env["agreement"].create(
            {"name": "Template", "code": "T1", "is_template": True}
        )
        self._assert_seen(template, self.salesperson, True)
        self.assertFalse(template.with_user(self.salesperson).has_access("write"))

    def test_other_companies_see_no_contract(self):
        company = self.env["res.company"].create({"name": "Company B"})
        director = self._create_user("director", login="director_b")
        director.write({"company_ids": company.ids, "company_id": company.id})
        for records in (self.contract, self.contract.check_ids, self.negotiation):
            self._assert_seen(records, director, False)

    def test_who_sees_a_sent_version(self):
        version = self._send(self._create_offer((10, 100.0)))
        for records in (version, version.line_ids):
            self._assert_seen(records, self.salesperson, True)
            self._assert_seen(records, self.leader, True)
            self._assert_seen(records, self.outsider, False)
            with self.assertRaises(AccessError):
                records.with_user(self.director).write({"display_name": "x"})

    def test_searches_find_nothing_of_the_negotiations_of_others(self):
        """Those who read all opportunities read no bottom line."""
        reader = new_test_user(
            self.env,
            "deal_reader",
            groups="sales_efficiency_base.group_sales_person,"
            "sales_team.group_sale_salesman_all_leads",
        )
        version = self._send(self._create_offer((10, 100.0)))
        leads = self.env["crm.lead"].with_user(reader)
        self.assertIn(self.lead, leads.search([]))
        self.assertNotIn(
            self.lead, leads.search([("sales_negotiation_ids.bottom_amount", ">", 1)])
        )
        self.assertFalse(leads.browse(self.lead.id).sales_negotiation_ids)
        orders = self.env["sale.order"].with_user(reader)
        order = orders.browse(version.order_id.id)
        self.assertNotIn(
            order, orders.search([("sales_version_ids.amount_untaxed", ">", 1)])
        )
        self.assertEqual(order.sales_version_count, 0)

    def test_nobody_reads_the_token_of_a_link(self):
        self.contract._get_sign_url()
        for user in (self.salesperson, self.director):
            contract = self.contract.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    contract.read(["sign_token"])
                with self.assertRaises(UserError):
                    contract.export_data(["sign_token"])
                with self.assertRaises(AccessError):
                    contract.search([("sign_token", "like", "a")])
                with self.assertRaises(AccessError):
                    contract.formatted_read_group([], ["sign_token"], ["__count"])
                with self.assertRaises(AccessError):
                    contract.write({"sign_token": "known"})

    def test_forged_values_sign_no_contract(self):
        forged = {
            "reviewer_id": self.salesperson.id,
            "submitted_by_id": self.colleague.id,
            "own_signed_by_id": self.director.id,
            "own_signed_on": "2026-10-01 08:00:00",
            "customer_signed_by": "Nora North",
            "customer_signed_on": "2026-10-01 08:00:00",
        }
        contracts = self.env["agreement"].with_user(self.salesperson)
        values = {"name": "Forged", "partner_id": self.customer_north.id}
        defaults = {f"default_{name}": value for name, value in forged.items()}
        contract = contracts.with_context(**defaults).create(values)
        for name, value in forged.items():
            with self.subTest(name):
                self.assertFalse(contract[name])
                with self.assertRaises(AccessError):
                    contract.write({name: value})
                with self.assertRaises(AccessError):
                    contracts.create({**values, name: value})

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def test_customers_read_none_of_the_models(self):
        for user in (self.portal, self.env.ref("base.public_user")):
            for model in OWN_MODELS:
                records = self.env[model].with_user(user)
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        records.search_read([])
                    with self.assertRaises(AccessError):
                        records.formatted_read_group([], [], ["__count"])
                    with self.assertRaises(UserError):
                        records.export_data(["id"])

    def test_customers_read_no_internal_field_of_their_orders(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.sales_contract_id = self.contract
        order.message_subscribe(self.portal.partner_id.ids)
        order.partner_id = self.portal.partner_id.commercial_partner_id
        order = order.with_user(self.portal)
        self.assertTrue(order.search([("id", "=", order.id)]))
        for name in (
            "sales_version_ids",
            "sales_version_count",
            "is_changed_since_sent",
            "sales_contract_id",
        ):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    order.read([name])
                with self.assertRaises(UserError):
                    order.export_data([name])
        for name in ("sales_version_ids", "sales_contract_id"):
            with self.subTest(search=name), self.assertRaises(AccessError):
                order.search([(name, "!=", False)])
        with self.subTest("group"), self.assertRaises(AccessError):
            order.formatted_read_group([], ["sales_contract_id"], ["__count"])
        with self.subTest("path"), self.assertRaises(AccessError):
            order.search([("sales_version_ids.amount_untaxed", ">", 0)])

    def test_customers_call_no_action(self):
        order = self._create_offer((10, 100.0), state="sent")
        order = order.with_user(self.portal)
        for name in (
            "action_make_contract",
            "action_open_sales_contract",
            "action_open_sales_versions",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(order, name)()
        contract = self.contract.with_user(self.portal)
        for name in (
            "action_submit",
            "action_send",
            "action_sign",
            "action_draft",
            "action_cancel",
            "action_renew",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(contract, name)()

    def test_customers_follow_no_negotiation(self):
        self.negotiation.message_subscribe(self.portal.partner_id.ids)
        self.assertNotIn(self.portal.partner_id, self.negotiation.message_partner_ids)

    def test_forged_defaults_do_not_enter_a_version(self):
        order = self._create_offer((10, 100.0)).with_user(self.salesperson)
        order = order.with_context(default_number=99, default_amount_untaxed=1)
        order.action_quotation_sent()
        version = self._get_versions(order)
        self.assertEqual(version.number, 1)
        self.assertEqual(version.amount_untaxed, 1000)
