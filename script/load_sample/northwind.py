# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Northwind, Microsoft's sample of a trading company: 830 orders of 1996 to 1998."""

from collections import defaultdict

from odoo.fields import Command

from .csv_folder import Column, Table, day, flag, number
from .loader import Loader

# Country names in the files that differ from Odoo's
COUNTRY_CODES = {"UK": "GB", "USA": "US"}
BATCH = 25


class NorthwindLoader(Loader):
    """Regions, people, customers, products and orders, confirmed and invoiced.

    * An order belongs to the employee who took it, to the team led by the employee or
      else by the employee's manager, and to the region of the employee's territories:
      each employee sells in one region.
    * Invoices have the date of the order, because 21 orders were never shipped.
    * Prices exclude taxes, and freight does not count as sales. Suppliers and shippers
      do not affect the figures and are not read.
    """

    namespace = "northwind"
    company_name = "Northwind Traders"
    tables = {
        "region": Table(
            "region.csv",
            ("region_id",),
            {"region_id": Column(), "region_description": Column()},
        ),
        "territory": Table(
            "territories.csv",
            ("territory_id",),
            {
                "territory_id": Column(),
                "territory_description": Column(),
                "region_id": Column(refers_to="region"),
            },
        ),
        "employee": Table(
            "employees.csv",
            ("employee_id",),
            {
                "employee_id": Column(),
                "last_name": Column(),
                "first_name": Column(),
                "title": Column(),
                "reports_to": Column(required=False, refers_to="employee"),
            },
        ),
        "employee_territory": Table(
            "employee_territories.csv",
            ("employee_id", "territory_id"),
            {
                "employee_id": Column(refers_to="employee"),
                "territory_id": Column(refers_to="territory"),
            },
        ),
        "customer": Table(
            "customers.csv",
            ("customer_id",),
            {
                "customer_id": Column(),
                "company_name": Column(),
                "contact_name": Column(),
                "contact_title": Column(required=False),
                "city": Column(required=False),
                "region": Column(required=False),
                "postal_code": Column(required=False),
                "country": Column(),
            },
        ),
        "category": Table(
            "categories.csv",
            ("category_id",),
            {"category_id": Column(), "category_name": Column()},
        ),
        "product": Table(
            "products.csv",
            ("product_id",),
            {
                "product_id": Column(),
                "product_name": Column(),
                "category_id": Column(refers_to="category"),
                "quantity_per_unit": Column(required=False),
                "unit_price": Column(number()),
                "discontinued": Column(flag),
            },
        ),
        "order": Table(
            "orders.csv",
            ("order_id",),
            {
                "order_id": Column(),
                "customer_id": Column(refers_to="customer"),
                "employee_id": Column(refers_to="employee"),
                "order_date": Column(day),
            },
        ),
        "order_line": Table(
            "order_details.csv",
            ("order_id", "product_id"),
            {
                "order_id": Column(refers_to="order"),
                "product_id": Column(refers_to="product"),
                "unit_price": Column(number()),
                "quantity": Column(number(minimum=1)),
                # A fraction here, a percentage with two decimals in Odoo.
                "discount": Column(number(maximum=1, decimals=4)),
            },
        ),
    }

    def _find_problems(self):
        yield from self._find_employee_problems()
        countries = self._get_countries()
        for customer in self.data["customer"].values():
            country = customer["country"]
            if COUNTRY_CODES.get(country, country) not in countries:
                yield customer.problem("country", f"{country!r} is no known country")
        ordered = {order_id for order_id, __ in self.data["order_line"]}
        for order_id, order in self.data["order"].items():
            if order_id not in ordered:
                yield order.problem("order_id", "has no line in order_details.csv")

    def _find_employee_problems(self):
        regions = {}
        for assignment in self.data["employee_territory"].values():
            region = self.data["territory"][assignment["territory_id"]]["region_id"]
            if regions.setdefault(assignment["employee_id"], region) != region:
                reason = "the employee would sell in more than one region"
                yield assignment.problem("territory_id", reason)
        for employee_id, employee in self.data["employee"].items():
            if employee_id not in regions:
                yield employee.problem("employee_id", "has no territory")
        yield from self._find_circles("employee", "reports_to")

    def _load_company(self):
        super()._load_company()
        if not self.company.chart_template:
            self.env["account.chart.template"].try_loading("generic_coa", self.company)
            # Totals must equal the sum of the lines, each rounded to the cent.
            self.company.tax_calculation_rounding_method = "round_per_line"

    def _load_records(self):
        self._load_regions()
        self._load_people()
        self._load_customers()
        self._load_products()
        self._load_orders()

    # Regions

    def _load_regions(self):
        data = self.data
        self._ensure(
            "Regions", "sales.region", "region", data["region"], self._prepare_region
        )
        self._ensure(
            "Territories",
            "sales.region",
            "territory",
            data["territory"],
            self._prepare_territory,
        )

    def _prepare_region(self, row):
        return {"name": row["region_description"], "company_id": self.company.id}

    def _prepare_territory(self, row):
        return {
            "name": row["territory_description"],
            "code": row["territory_id"],
            "parent_id": self.ids["region"][row["region_id"]],
            "company_id": self.company.id,
        }

    # People

    def _load_people(self):
        rows = self._get_top_down("employee", "reports_to")
        leaders = {key: row for key, row in rows.items() if self._get_team(key)}
        self._ensure("Users", "res.users", "user", rows, self._prepare_employee_user)
        self._ensure(
            "Employees", "hr.employee", "employee", rows, self._prepare_employee, size=1
        )
        self._ensure(
            "Teams", "crm.team", "team", leaders, self._prepare_leader_team, size=1
        )

    def _get_team(self, employee_id):
        """Return the employees who report to an employee."""
        employees = self.data["employee"].items()
        return [key for key, row in employees if row["reports_to"] == employee_id]

    def _get_name(self, row):
        return f"{row['first_name']} {row['last_name']}"

    def _prepare_employee_user(self, row):
        if not self._get_team(row["employee_id"]):
            role = "person"
        else:
            role = "leader" if row["reports_to"] else "director"
        return self._prepare_user(self._get_name(row), role)

    def _prepare_employee(self, row):
        return {
            "name": self._get_name(row),
            "job_title": row["title"],
            "user_id": self.ids["user"][row["employee_id"]],
            "parent_id": self.ids["employee"].get(row["reports_to"]),
            "company_id": self.company.id,
        }

    def _prepare_leader_team(self, row):
        """Return the values of a manager's team: direct reports who lead no team."""
        users = self.ids["user"]
        reports = self._get_team(row["employee_id"])
        return self._prepare_team(
            users[row["employee_id"]],
            [users[key] for key in reports if not self._get_team(key)],
            parent_id=self.ids["team"].get(row["reports_to"]),
        )

    # Customers

    def _load_customers(self):
        self.countries = self._get_countries()
        self.states = self._get_states()
        self._ensure(
            "Customers",
            "res.partner",
            "customer",
            self.data["customer"],
            self._prepare_customer,
        )

    def _prepare_customer(self, row):
        country = COUNTRY_CODES.get(row["country"], row["country"])
        country_id = self.countries[country]
        state_id = self.states.get((country_id, row["region"]))
        return {
            "name": row["company_name"],
            "ref": row["customer_id"],
            "is_company": True,
            "company_id": self.company.id,
            # Keep regions that Odoo does not know as states in the address.
            "street2": not state_id and row["region"],
            "city": row["city"],
            "zip": row["postal_code"],
            "state_id": state_id,
            "country_id": country_id,
            "child_ids": [
                Command.create(
                    {
                        "name": row["contact_name"],
                        "function": row["contact_title"],
                        "company_id": self.company.id,
                    }
                )
            ],
        }

    def _get_states(self):
        """Return the state ids by country and code, and by country and name."""
        states = self.env["res.country.state"].search([])
        return {
            **{(state.country_id.id, state.name): state.id for state in states},
            **{(state.country_id.id, state.code): state.id for state in states},
        }

    # Products

    def _load_products(self):
        self.catalog = self._ensure_one(
            "product.category", "catalog", {"name": "Northwind"}
        )
        self._ensure(
            "Categories",
            "product.category",
            "category",
            self.data["category"],
            self._prepare_category,
        )
        self._ensure(
            "Products",
            "product.product",
            "product",
            self.data["product"],
            self._prepare_product,
        )

    def _prepare_category(self, row):
        return {"name": row["category_name"], "parent_id": self.catalog.id}

    def _prepare_product(self, row):
        return {
            "name": row["product_name"],
            "description_sale": row["quantity_per_unit"],
            "categ_id": self.ids["category"][row["category_id"]],
            "list_price": float(row["unit_price"]),
            "active": not row["discontinued"],
            # With Inventory installed, goods would leave 830 deliveries pending.
            "type": "service",
            "invoice_policy": "order",
            "taxes_id": False,
            "supplier_taxes_id": False,
            "company_id": self.company.id,
        }

    # Orders

    def _load_orders(self):
        self.lines = defaultdict(list)
        for line in self.data["order_line"].values():
            self.lines[line["order_id"]].append(line)
        self.region_of = {
            row["employee_id"]: self.data["territory"][row["territory_id"]]["region_id"]
            for row in self.data["employee_territory"].values()
        }
        self._ensure(
            "Orders",
            "sale.order",
            "order",
            self.data["order"],
            self._prepare_order,
            finish=self._confirm_and_invoice,
            size=BATCH,
        )

    def _prepare_order(self, row):
        employee_id = row["employee_id"]
        manager_id = self.data["employee"][employee_id]["reports_to"]
        teams = self.ids["team"]
        return {
            "name": f"NW{row['order_id']}",
            "company_id": self.company.id,
            "partner_id": self.ids["customer"][row["customer_id"]],
            "date_order": self._noon(row["order_date"]),
            "user_id": self.ids["user"][employee_id],
            "team_id": teams.get(employee_id) or teams[manager_id],
            "sales_region_id": self.ids["region"][self.region_of[employee_id]],
            # Use the currency of the company, not that of a default price list.
            "pricelist_id": False,
            "order_line": [
                Command.create(self._prepare_order_line(line))
                for line in self.lines[row["order_id"]]
            ],
        }

    def _prepare_order_line(self, row):
        return {
            "product_id": self.ids["product"][row["product_id"]],
            "product_uom_qty": float(row["quantity"]),
            "price_unit": float(row["unit_price"]),
            "discount": float(row["discount"] * 100),
            "tax_ids": [Command.clear()],
        }

    def _confirm_and_invoice(self, orders, rows):
        orders.action_confirm()
        for order, row in zip(orders, rows, strict=True):
            # Confirmation has set it to now.
            order.date_order = self._noon(row["order_date"])
        # Dated on creation: Odoo recomputes a whole invoice when its date changes.
        invoices = self.env["account.move"].create(
            [
                self._prepare_invoice(order, row)
                for order, row in zip(orders, rows, strict=True)
            ]
        )
        invoices.action_post()
        self._analyze(
            "sale.order", "sale.order.line", "account.move", "account.move.line"
        )

    def _prepare_invoice(self, order, row):
        return order._prepare_invoice() | {
            "invoice_date": row["order_date"],
            "invoice_line_ids": [
                Command.create(line._prepare_invoice_line())
                for line in order.order_line
            ],
        }
