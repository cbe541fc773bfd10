# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""CRM sales opportunities of a hardware seller, sample data of Maven Analytics."""

from odoo.fields import Command

from .csv_folder import Column, Table, day, distinct, number, one_of
from .loader import Loader

# Spellings that differ from Odoo's, or from file to file
COUNTRY_CODES = {"Korea": "KR", "Philipines": "PH"}
PRODUCT_NAMES = {"GTXPro": "GTX Pro"}
SECTOR_NAMES = {"technolgy": "technology"}
PROSPECTING, ENGAGING, WON, LOST = "Prospecting", "Engaging", "Won", "Lost"
STAGES = (PROSPECTING, ENGAGING, WON)


def product(value):
    return PRODUCT_NAMES.get(value, value)


def sector(value):
    return SECTOR_NAMES.get(value, value)


class CrmSalesOpportunitiesLoader(Loader):
    """Offices, teams, accounts, products and opportunities, open, won and lost.

    * An office is a region; a manager leads a team in it.
    * Opportunities have no product in Odoo Community, only a product line: each product
      becomes a category below that of its series.
    * Deals in the stage Prospecting have no date: they open on the day of loading.
    * Open deals have no value, and 1,425 of them no account: both stay empty.
    * A deal left Prospecting on the day it was engaged; since when it had been in it
      nobody knows. It was Engaging until it was closed.
    """

    namespace = "crm_sales_opportunities"
    company_name = "Maven Hardware"
    tables = {
        "agent": Table(
            "sales_teams.csv",
            ("sales_agent",),
            {
                "sales_agent": Column(),
                "manager": Column(),
                "regional_office": Column(),
            },
        ),
        "product": Table(
            "products.csv",
            ("product",),
            {
                "product": Column(),
                "series": Column(),
                "sales_price": Column(number()),
            },
        ),
        "account": Table(
            "accounts.csv",
            ("account",),
            {
                "account": Column(),
                "sector": Column(sector),
                "year_established": Column(),
                "revenue": Column(number()),
                "employees": Column(number()),
                "office_location": Column(),
                "subsidiary_of": Column(required=False, refers_to="account"),
            },
        ),
        "opportunity": Table(
            "sales_pipeline.csv",
            ("opportunity_id",),
            {
                "opportunity_id": Column(),
                "sales_agent": Column(refers_to="agent"),
                "product": Column(product, refers_to="product"),
                "account": Column(required=False, refers_to="account"),
                "deal_stage": Column(one_of(PROSPECTING, ENGAGING, WON, LOST)),
                "engage_date": Column(day, required=False),
                "close_date": Column(day, required=False),
                "close_value": Column(number(), required=False),
            },
        ),
    }

    def _find_problems(self):
        managers = distinct(self.data["agent"], "manager")
        for agent in self.data["agent"].values():
            manager = managers[agent["manager"]]
            if agent["regional_office"] != manager["regional_office"]:
                reason = f"the manager is in {manager['regional_office']}"
                yield agent.problem("regional_office", reason)
        yield from self._find_circles("account", "subsidiary_of")
        countries = self._get_countries()
        for account in self.data["account"].values():
            country = account["office_location"]
            if COUNTRY_CODES.get(country, country) not in countries:
                yield account.problem(
                    "office_location", f"{country!r} is no known country"
                )
        for opportunity in self.data["opportunity"].values():
            yield from self._find_opportunity_problems(opportunity)

    def _find_opportunity_problems(self, row):
        stage = row["deal_stage"]
        needed = {
            ENGAGING: ["engage_date"],
            WON: ["engage_date", "close_date", "close_value"],
            LOST: ["engage_date", "close_date"],
        }
        for column in needed.get(stage, []):
            if row[column] is None:
                yield row.problem(column, f"is empty, but the stage is {stage}")
        if stage in (PROSPECTING, ENGAGING) and row["close_date"]:
            yield row.problem("close_date", f"the stage is {stage}")
        dates = [row["engage_date"], row["close_date"]]
        if all(dates) and dates != sorted(dates):
            yield row.problem("close_date", "is before the engage_date")

    def _load_records(self):
        self._load_products()
        self._load_accounts()
        self._load_people()
        self._load_stages()
        self._ensure(
            "Opportunities",
            "crm.lead",
            "opportunity",
            self.data["opportunity"],
            self._prepare_opportunity,
            self._write_stays,
        )

    # Products

    def _load_products(self):
        products = self.data["product"]
        self.catalog = self._ensure_one(
            "product.category", "catalog", {"name": self.company_name}
        )
        self._ensure(
            "Series",
            "product.category",
            "series",
            distinct(products, "series"),
            lambda row: {"name": row["series"], "parent_id": self.catalog.id},
        )
        self._ensure(
            "Product lines",
            "product.category",
            "product_line",
            products,
            lambda row: {
                "name": row["product"],
                "parent_id": self.ids["series"][row["series"]],
            },
        )
        self._ensure(
            "Products", "product.product", "product", products, self._prepare_product
        )

    def _prepare_product(self, row):
        return {
            "name": row["product"],
            "categ_id": self.ids["product_line"][row["product"]],
            "list_price": float(row["sales_price"]),
            "taxes_id": False,
            "supplier_taxes_id": False,
            "company_id": self.company.id,
        }

    # Accounts

    def _load_accounts(self):
        self.countries = self._get_countries()
        self._ensure(
            "Sectors",
            "res.partner.industry",
            "sector",
            distinct(self.data["account"], "sector"),
            lambda row: {"name": row["sector"].capitalize()},
        )
        self._ensure(
            "Accounts",
            "res.partner",
            "account",
            self._get_top_down("account", "subsidiary_of"),
            self._prepare_account,
            size=1,
        )

    def _prepare_account(self, row):
        country = COUNTRY_CODES.get(row["office_location"], row["office_location"])
        return {
            "name": row["account"],
            "is_company": True,
            "company_id": self.company.id,
            "industry_id": self.ids["sector"][row["sector"]],
            "parent_id": self.ids["account"].get(row["subsidiary_of"]),
            # Not "contact" for a subsidiary: it would take over its parent's address.
            "type": "other" if row["subsidiary_of"] else "contact",
            "country_id": self.countries[country],
            "comment": f"Established {row['year_established']}, "
            f"{row['employees']} employees, revenue {row['revenue']} million USD",
        }

    # People

    def _load_people(self):
        agents = self.data["agent"]
        managers = distinct(agents, "manager")
        self._ensure(
            "Offices",
            "sales.region",
            "office",
            distinct(agents, "regional_office"),
            self._prepare_office,
        )
        self._ensure(
            "Managers",
            "res.users",
            "manager",
            managers,
            lambda row: self._prepare_user(row["manager"], "leader"),
        )
        self._ensure(
            "Agents",
            "res.users",
            "agent",
            agents,
            lambda row: self._prepare_user(row["sales_agent"], "person"),
        )
        self._ensure("Teams", "crm.team", "team", managers, self._prepare_manager_team)

    def _prepare_office(self, row):
        return {"name": row["regional_office"], "company_id": self.company.id}

    def _prepare_manager_team(self, row):
        agents = self.data["agent"].values()
        return self._prepare_team(
            self.ids["manager"][row["manager"]],
            [
                self.ids["agent"][agent["sales_agent"]]
                for agent in agents
                if agent["manager"] == row["manager"]
            ],
            sales_region_id=self.ids["office"][row["regional_office"]],
        )

    # Opportunities

    def _load_stages(self):
        """Create stages for these teams; lost deals stay in the stage Engaging."""
        self.stages = {
            name: self._ensure_one(
                "crm.stage", f"stage_{name.lower()}", self._prepare_stage(name)
            ).id
            for name in STAGES
        }
        self.stages[LOST] = self.stages[ENGAGING]

    def _prepare_stage(self, name):
        teams = self.ids["team"].values()
        return {
            "name": name,
            "sequence": STAGES.index(name) + 1,
            "is_won": name == WON,
            "team_ids": [Command.set(teams)],
        }

    def _prepare_opportunity(self, row):
        agent = self.data["agent"][row["sales_agent"]]
        values = {
            "name": f"{row['product']} ({row['opportunity_id']})",
            "type": "opportunity",
            "company_id": self.company.id,
            "partner_id": self.ids["account"].get(row["account"]),
            "user_id": self.ids["agent"][row["sales_agent"]],
            "team_id": self.ids["team"][agent["manager"]],
            "sales_region_id": self.ids["office"][agent["regional_office"]],
            "sales_categ_id": self.ids["product_line"][row["product"]],
            "stage_id": self.stages[row["deal_stage"]],
            "expected_revenue": float(row["close_value"] or 0),
        }
        if row["engage_date"]:
            values["sales_opened_date"] = row["engage_date"]
        if row["close_date"]:
            values["date_closed"] = self._noon(row["close_date"])
        if row["deal_stage"] == WON:
            values["probability"] = 100
        elif row["deal_stage"] == LOST:
            values |= {"active": False, "probability": 0}
        return values

    def _write_stays(self, leads, rows):
        """Write how long deals were in their stages, if somebody wants to know."""
        if "sales.stage.history" not in self.env:
            return
        stays = {
            lead: self._get_stays(row) for lead, row in zip(leads, rows, strict=True)
        }
        self.env["sales.stage.history"]._replace(stays)

    def _get_stays(self, row):
        """:return: list of (stage, entry or None if unknown, leaving or None)"""
        days = (row["engage_date"], row["close_date"])
        engaged, closed = (day and self._noon(day) for day in days)
        prospecting, engaging, won = (
            self.env["crm.stage"].browse(self.stages[name]) for name in STAGES
        )
        stays = [(prospecting, None, engaged)]
        if engaged:
            stays.append((engaging, engaged, closed))
        if row["deal_stage"] == WON:
            stays.append((won, closed, None))
        return stays
