# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv

from dateutil.relativedelta import relativedelta
from lxml import etree
from psycopg2 import IntegrityError

from odoo import Command, api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import file_open, mute_logger

from ..tools import take_turns
from .demo_company import choose_name
from .sales_demo import PRODUCT_LINES
from .sales_plan import SELLERS, SalesPlan

MODULE = "__sales_sample__"
STEPS = ("masters", "sales", "plan")
MONTHS = 24
# Leader of each team, region of its customers
TEAMS = {
    "north": ("kevin", "region_north_demo"),
    "south": ("linda", "region_south_demo"),
}
PEOPLE = [seller for seller in SELLERS if seller.team in TEAMS]
# What a New Taiwan dollar is worth about; other currencies are taken for dollars.
RATES = {"TWD": 1, "USD": 0.03, "CNY": 0.22, "HKD": 0.24, "JPY": 4.8, "KRW": 43}
CUSTOMERS = 8  # of each person
PRODUCTS = 4  # of each product line
# What is taken away last, in this order
MODELS = (
    "crm.team",
    "product.product",
    "product.category",
    "res.partner",
    "res.users",
    "sales.region",
)


class SalesSample(models.AbstractModel):
    """A sample year for trying the suite in an empty company, removed as a whole.

    The people, customers and products of the demo company sell for two years. Each
    record is noted by an external id of its company.
    """

    _name = "sales.sample"
    _description = "Sample Year"

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @api.model
    def get_state(self):
        """:return: ``loaded``, ``possible`` or False, of the company and the user"""
        if not self._may_use():
            return False
        if self._find_records():
            return "loaded"
        return "possible" if self._is_company_empty() else False

    @api.model
    def load_step(self, step):
        """Do a step of loading; between them, the client refreshes the figures.

        :param str step: one of ``STEPS``, in this order
        """
        self._check_use()
        self._check_step(step)
        take_turns(self.env.company)
        is_first = step == STEPS[0]
        is_loaded = bool(self._find_records())
        if is_first and (is_loaded or not self._is_company_empty()):
            raise UserError(
                self.env._("A sample year is only for a company without any sales.")
            )
        if not is_first and not is_loaded:
            raise UserError(self.env._("Load the sample year from its first step."))
        getattr(self._enter(), f"_load_{step}")()

    @api.model
    def remove_step(self, step):
        """Do a step of removal.

        :param str step: one of ``STEPS``, in the opposite order
        """
        self._check_use()
        self._check_step(step)
        getattr(self._enter(), f"_remove_{step}")()

    def _enter(self):
        # sudo: an administrator of sales adds and removes records of many kinds; only
        # those that are noted as a sample are removed.
        return (
            self.sudo()
            .with_company(self.env.company)
            .with_context(
                tracking_disable=True,
                mail_create_nosubscribe=True,
                no_reset_password=True,
            )
        )

    def _may_use(self):
        user = self.env.user
        return user.has_group(
            "sales_efficiency_base.group_sales_director"
        ) and user.has_group("base.group_erp_manager")

    def _check_use(self):
        if not self._may_use():
            raise AccessError(
                self.env._(
                    "A sample year is loaded and removed by a sales director who is"
                    " an administrator."
                )
            )

    def _check_step(self, step):
        if step not in STEPS:
            raise UserError(self.env._("A sample year has no step of this name."))

    def _is_company_empty(self):
        first, _last = self.env.company._get_sales_months()
        # sudo: whether there is anything at all, whoever may see it
        return not first and not any(
            self.env[model]
            .sudo()
            .search_count([("company_id", "=", self.env.company.id)], limit=1)
            for model in ("sale.order", "sales.history.line")
        )

    # ------------------------------------------------------------------
    # Notes of what belongs to the sample
    # ------------------------------------------------------------------

    def _find_records(self, model=None):
        """:return: the notes of the company's sample, of one model or of all"""
        domain = Domain("module", "=", MODULE)
        domain &= Domain("name", "=like", f"{self._get_prefix()}%")
        if model:
            domain &= Domain("model", "=", model)
        # sudo: these notes hold no data.
        return self.env["ir.model.data"].sudo().search(domain)

    def _get_prefix(self):
        return f"company_{self.env.company.id}_"

    def _get_records(self, model):
        return self.env[model].browse(self._find_records(model).mapped("res_id"))

    def _add(self, model, vals_list):
        records = self.env[model].create(vals_list)
        self.env["ir.model.data"].create(
            [
                {
                    "module": MODULE,
                    "name": f"{self._get_prefix()}{record._table}_{record.id}",
                    "model": model,
                    "res_id": record.id,
                    "noupdate": True,
                }
                for record in records
            ]
        )
        return records

    # ------------------------------------------------------------------
    # Loading
    # ------------------------------------------------------------------

    def _load_masters(self):
        regions = self._create_regions()
        users = self._create_users()
        self._create_teams(users, regions)
        self._create_products()
        self._create_customers(users, regions)

    def _load_sales(self):
        """Record the sales of two years, up to yesterday, once."""
        if self._find_records("sales.history.line"):
            return
        plan = self._plan()
        first = plan.today - relativedelta(months=MONTHS, day=1)
        factor = RATES.get(self.env.company.currency_id.name, RATES["USD"])
        self._add(
            "sales.history.line",
            [
                self._prepare_sale(deal, number, line, factor)
                for number, deal in enumerate(plan.deals, start=1)
                if deal.won and not deal.cancelled and first <= deal.closed < plan.today
                for line in deal.lines
            ],
        )

    def _load_plan(self):
        """Hook for add-ons: plan the year once its figures are there."""

    def _create_regions(self):
        names = {row["id"]: row["name"] for row in self._read("sales.region")}
        regions = self._add(
            "sales.region",
            [
                {"name": names[region], "company_id": self.env.company.id}
                for _leader, region in TEAMS.values()
            ],
        )
        return dict(zip(TEAMS, regions, strict=True))

    def _create_users(self):
        company, names = self.env.company, self._read_names()
        users = self._add(
            "res.users",
            [
                {
                    "name": choose_name(self.env, names[seller.login]),
                    "login": f"sample-{seller.login}-{company.id}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(self._get_role(seller).ids)],
                    "notification_type": "inbox",
                }
                for seller in PEOPLE
            ],
        )
        return dict(zip([seller.login for seller in PEOPLE], users, strict=True))

    def _get_role(self, seller):
        leads = seller.login == TEAMS[seller.team][0]
        role = "leader" if leads else "person"
        return self.env.ref(f"sales_efficiency_base.group_sales_{role}")

    def _create_teams(self, users, regions):
        self._add(
            "crm.team",
            [
                {
                    "name": self.env._("Team %s", regions[team].name),
                    "company_id": self.env.company.id,
                    "user_id": users[leader].id,
                    "sales_region_id": regions[team].id,
                    "member_ids": [
                        Command.set(
                            [users[s.login].id for s in PEOPLE if s.team == team]
                        )
                    ],
                }
                for team, (leader, _region) in TEAMS.items()
            ],
        )

    def _create_products(self):
        company = self.env.company
        names = {row["id"]: row["name"] for row in self._read("product.category")}
        for line in PRODUCT_LINES:
            xmlid = f"category_{line}_demo"
            name = choose_name(self.env, names[xmlid])
            [category] = self._add("product.category", [{"name": name}])
            rows = [
                row
                for row in self._read("product.product")
                if row["categ_id/id"] == xmlid
            ]
            self._add(
                "product.product",
                [
                    {
                        "name": row["name"],
                        "default_code": row["default_code"],
                        "categ_id": category.id,
                        "company_id": company.id,
                        "list_price": float(row["list_price"]),
                        "standard_price": float(row["standard_price"]),
                        "taxes_id": [],
                        "supplier_taxes_id": [],
                    }
                    for row in rows[:: max(1, len(rows) // PRODUCTS)]
                ],
            )

    def _create_customers(self, users, regions):
        rows = self._read("res.partner")
        vals_list = []
        for seller in PEOPLE:
            own = [r for r in rows if r["user_id/id"] == f"user_{seller.login}_demo"]
            vals_list += [
                {
                    "name": choose_name(self.env, row["name"]),
                    "is_company": True,
                    "company_id": self.env.company.id,
                    "user_id": users[seller.login].id,
                    "sales_region_id": regions[seller.team].id,
                }
                for row in own[:CUSTOMERS]
            ]
        self._add("res.partner", vals_list)

    def _plan(self):
        """:return: the :class:`SalesPlan` of the sample's people"""
        users = self._get_records("res.users")
        logins = {
            login: users.filtered(lambda u, name=login: f"-{name}-" in u.login)
            for login in (seller.login for seller in PEOPLE)
        }
        customers = self._get_records("res.partner").grouped("user_id")
        products = self._get_records("product.product").sorted("list_price")
        return SalesPlan(
            self.env.company._get_sales_today(),
            {login: list(customers[user]) for login, user in logins.items()},
            [
                [(product, product.list_price) for product in line]
                for line in products.grouped("categ_id").values()
            ],
            PEOPLE,
        )

    def _prepare_sale(self, deal, number, line, factor):
        product, quantity, discount = line
        user = deal.customer.user_id
        amount = quantity * product.list_price * (1 - discount / 100)
        cost = quantity * product.standard_price
        rounded = self.env.company.currency_id.round
        return {
            "date": deal.closed,
            "recorded_as": "sale",
            "company_id": self.env.company.id,
            "user_id": user.id,
            "team_id": user.sale_team_id.id,
            "region_id": deal.customer.sales_region_id.id,
            "partner_id": deal.customer.id,
            "product_id": product.id,
            "quantity": quantity,
            "amount": rounded(amount * factor),
            "margin": rounded((amount - cost) * factor),
            "name": f"SAMPLE-{number:04}",
        }

    @staticmethod
    def _read(model):
        """:return: the rows of a file of the demo data"""
        with file_open(f"sales_efficiency_base/demo/{model}.csv") as file:
            return list(csv.DictReader(file))

    @staticmethod
    def _read_names():
        """:return: dict login -> name of the people of the demo data"""
        with file_open("sales_efficiency_base/demo/res_users_demo.xml", "rb") as file:
            users = etree.parse(file).iterfind("record")
        return {
            user.findtext("field[@name='login']"): user.findtext("field[@name='name']")
            for user in users
        }

    # ------------------------------------------------------------------
    # Removal
    # ------------------------------------------------------------------

    def _remove_plan(self):
        """Hook for add-ons: remove what they have added for the sample."""

    def _remove_sales(self):
        self._get_records("sales.history.line").unlink()
        self._find_records("sales.history.line").unlink()

    def _remove_masters(self):
        """Delete the rest, or archive what other records have come to need."""
        for model in MODELS:
            for record in self._get_records(model).exists().sorted(reverse=True):
                self._remove_record(record)
        self._find_records().unlink()

    def _remove_record(self, record):
        partner = record.partner_id if record._name == "res.users" else None
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                record.unlink()
                if partner:
                    partner.unlink()
        except (UserError, IntegrityError):
            if "active" in record:
                record.active = False
