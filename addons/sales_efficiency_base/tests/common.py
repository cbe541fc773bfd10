# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.base.tests.common import BaseCommon

GROUPS = {
    "salesperson": "sales_efficiency_base.group_sales_person",
    "support": "sales_efficiency_base.group_sales_support",
    "leader": "sales_efficiency_base.group_sales_leader",
    "director": "sales_efficiency_base.group_sales_director",
}


class SalesEfficiencyCommon(BaseCommon):
    """A small sales organisation in the main company::

        region World > North (country A, but not its state S), South (state S)
        team   Department (leader) > Field (salesperson, colleague)
        team   Other (outsider)

    Names, countries and states are made up, so they do not clash with other data.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_chart_of_accounts()
        cls._setup_regions()
        cls._setup_channels()
        cls._setup_people()
        cls._setup_products()
        cls._setup_customers()

    @classmethod
    def _setup_chart_of_accounts(cls):
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", cls.company, install_demo=False
            )
        cls.company.sales_tz = "UTC"

    @classmethod
    def _setup_regions(cls):
        cls.country_a, cls.country_b = cls.env["res.country"].create(
            [{"name": "Country A", "code": "0A"}, {"name": "Country B", "code": "0B"}]
        )
        cls.state_s = cls.env["res.country.state"].create(
            {"name": "State S", "code": "S", "country_id": cls.country_a.id}
        )
        cls.region_world = cls.env["sales.region"].create({"name": "Test World"})
        cls.region_north, cls.region_south = cls.env["sales.region"].create(
            [
                {
                    "name": "Test North",
                    "parent_id": cls.region_world.id,
                    "country_ids": cls.country_a.ids,
                },
                {
                    "name": "Test South",
                    "parent_id": cls.region_world.id,
                    "state_ids": cls.state_s.ids,
                },
            ]
        )

    @classmethod
    def _setup_channels(cls):
        cls.channel_direct = cls.env["sales.channel"].create({"name": "Test Direct"})
        cls.channel_agent, cls.channel_shop = cls.env["sales.channel"].create(
            [
                {"name": "Test Agent", "kind": "agent"},
                {
                    "name": "Test Shop",
                    "kind": "ecommerce",
                    "parent_id": cls.channel_direct.id,
                },
            ]
        )

    @classmethod
    def _setup_people(cls):
        cls.salesperson = cls._create_user("salesperson")
        cls.colleague = cls._create_user("salesperson", login="colleague")
        cls.outsider = cls._create_user("salesperson", login="outsider")
        cls.leader = cls._create_user("leader")
        cls.director = cls._create_user("director")
        cls.team_department = cls.env["crm.team"].create(
            {
                "name": "Test Department",
                "user_id": cls.leader.id,
                "sales_region_id": cls.region_world.id,
            }
        )
        cls.team_field, cls.team_other = cls.env["crm.team"].create(
            [
                {
                    "name": "Test Field",
                    "parent_id": cls.team_department.id,
                    "sales_region_id": cls.region_north.id,
                    "member_ids": (cls.salesperson + cls.colleague).ids,
                },
                {"name": "Test Other", "member_ids": cls.outsider.ids},
            ]
        )

    @classmethod
    def _setup_products(cls):
        cls.category = cls.env["product.category"].create({"name": "Test Line"})
        cls.product, cls.service = cls.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": product_type,
                    "categ_id": cls.category.id,
                    "list_price": 100.0,
                    "standard_price": 60.0,
                    "invoice_policy": "order",
                    "taxes_id": [],
                }
                for name, product_type in (
                    ("Test Goods", "consu"),
                    ("Test Service", "service"),
                )
            ]
        )

    @classmethod
    def _setup_customers(cls):
        cls.customer_north, cls.customer_south, cls.customer_nowhere = cls.env[
            "res.partner"
        ].create(
            [
                {
                    "name": "Customer North",
                    "is_company": True,
                    "country_id": cls.country_a.id,
                    "sales_channel_id": cls.channel_agent.id,
                },
                {
                    "name": "Customer South",
                    "is_company": True,
                    "country_id": cls.country_a.id,
                    "state_id": cls.state_s.id,
                },
                {
                    "name": "Customer Nowhere",
                    "is_company": True,
                    "country_id": cls.country_b.id,
                },
            ]
        )

    @classmethod
    def _create_user(cls, role, login=None, **values):
        """Create a user with one of the roles of the suite.

        :param role: "salesperson", "support", "leader" or "director"
        :param login: base of name and login, by default the role
        """
        login = login or role
        return new_test_user(
            cls.env,
            login=f"test_{login}",
            name=f"Test {login.title()}",
            groups=GROUPS[role],
            company_id=cls.company.id,
            tz="UTC",
            **values,
        )

    @classmethod
    def _create_support(cls, teams):
        """:return: a new user who works as sales support for teams"""
        user = cls._create_user("support")
        teams.sales_support_ids += user
        return user

    @classmethod
    def _create_order(
        cls,
        partner=None,
        user=None,
        product=None,
        quantity=1.0,
        price=100.0,
        **values,
    ):
        """Create a quotation with one line.

        :param partner: the customer, by default Customer North
        :param user: the salesperson, by default Test Salesperson
        :param product: by default Test Goods
        """
        return cls.env["sale.order"].create(
            {
                "partner_id": (partner or cls.customer_north).id,
                "user_id": (user or cls.salesperson).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": (product or cls.product).id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [],
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _sell(cls, quantity, day, **values):
        """Create an order and confirm it on a day.

        :param values: arguments of :meth:`_create_order`
        """
        order = cls._create_order(quantity=quantity, **values)
        order.action_confirm()
        order.date_order = f"{day} 12:00:00"
        return order
