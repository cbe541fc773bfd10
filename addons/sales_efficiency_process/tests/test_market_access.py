# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .market_common import NOON, MarketCommon

MODELS = (
    "sales.competitor",
    "sales.competitor.price",
    "sales.competitor.product",
    "sales.lead.cost",
    "sales.lead.point",
    "sales.lead.rule",
    "sales.market.size",
    "sales.research",
    "sales.research.finding",
    "sales.research.round",
)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestMarketAccess(MarketCommon):
    """What we know of the market is ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsiders = cls.env.ref("base.public_user") | new_test_user(
            cls.env,
            "market_portal",
            groups="base.group_portal",
            partner_id=cls.customer_north.id,
        )
        cls._price(cls._offer(), 95, "2026-09-01")
        cls.round = cls._research(partner_id=cls.customer_north.id).round_ids
        cls._find(cls.round)
        cls._size(100)
        cls._cost(100)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_customers_and_visitors_read_nothing(self):
        for user in self.outsiders:
            for model in MODELS:
                records = self.env[model].with_user(user)
                for call in (
                    lambda records=records: records.search_read([]),
                    lambda records=records: records.formatted_read_group(
                        [], [], ["__count"]
                    ),
                    lambda records=records: records.search([]).export_data(["id"]),
                ):
                    with (
                        self.subTest(user=user.login, model=model),
                        self.assertRaises(AccessError),
                    ):
                        call()

    def test_fields_on_records_of_others_are_for_salespeople(self):
        for model, names in (
            (
                "crm.lead",
                ("sales_competitor_ids", "sales_class", "sales_point_ids"),
            ),
            ("res.partner", ("sales_research_count",)),
        ):
            for user in self.outsiders:
                fields_ = self.env[model].with_user(user)._fields
                records = self.env[model].with_user(user)
                for name in names:
                    with self.subTest(model=model, name=name, user=user.login):
                        self.assertFalse(
                            records._has_field_access(fields_[name], "read")
                        )

    def test_who_sells_without_a_sales_role_learns_nothing_from_leads(self):
        user = new_test_user(
            self.env,
            "market_plain",
            groups="sales_team.group_sale_salesman_all_leads,base.group_allow_export",
            company_id=self.company.id,
        )
        self._lead(sales_competitor_ids=[Command.set(self.rival.ids)])
        leads = self.env["crm.lead"].with_user(user)
        for name in ("sales_competitor_ids", "sales_class", "sales_priority"):
            self.assertNotIn(name, leads.fields_get())
            for call in (
                lambda name=name: leads.search([(name, "!=", False)]),
                lambda name=name: leads.search([], order=name),
                lambda name=name: leads.formatted_read_group([], [name], ["__count"]),
                lambda name=name: leads.search([], limit=1).read([name]),
                lambda name=name: leads.search([], limit=1).export_data([name]),
            ):
                with self.subTest(name), self.assertRaises(AccessError):
                    call()

    def test_points_are_for_who_may_see_the_lead(self):
        self.env["sales.lead.rule"].search([]).active = False
        self.env["sales.lead.rule"].create(
            {"name": "All", "points": 5, "reason": "All", "company_id": False}
        )
        lead = self._lead(sales_competitor_ids=[Command.set(self.rival.ids)])
        lead.action_score_sales()
        point = lead.sales_point_ids
        for user, may_read in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, True),
            (self.outsider, False),
        ):
            with self.subTest(user.name):
                self.assertEqual(point.with_user(user).has_access("read"), may_read)

    def test_another_company_keeps_its_knowledge(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user("director", login="stranger")
        stranger.write({"company_ids": company.ids, "company_id": company.id})
        for record in (
            self.rival,
            self.rival.product_ids,
            self.rival.product_ids.price_ids,
            self.round,
            self.round.research_id,
            self.round.finding_ids,
            *self.env["sales.market.size"].search([]),
            *self.env["sales.lead.cost"].search([]),
        ):
            with self.subTest(record._name):
                self.assertFalse(record.with_user(stranger).has_access("read"))
        self.rival.company_id = False
        self.assertTrue(self.rival.with_user(stranger).has_access("read"))

    def test_research_stands_on_the_customer_and_the_opportunity(self):
        customer = self.customer_north.with_user(self.salesperson)
        self.assertEqual(customer.sales_research_count, 1)
        lead = self._lead(partner_id=self.customer_north.id).with_user(self.salesperson)
        self.assertEqual(lead.sales_research_count, 1)
        found = self.env["sales.research"].search(
            lead.action_open_sales_researches()["domain"]
        )
        self.assertEqual(found, self.round.research_id)
        other = self._lead(
            partner_id=self.customer_south.id,
            sales_competitor_ids=[Command.set(self.rival.ids)],
        )
        self.assertEqual(other.sales_research_count, 0)
        self._research(competitor_ids=self.rival.ids, name="On the rival")
        other.invalidate_recordset()
        self.assertEqual(other.sales_research_count, 1)
