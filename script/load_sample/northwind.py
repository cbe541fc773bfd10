# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Northwind, Microsoft's sample of a trading company: 830 orders of 1996 to 1998."""

from collections import defaultdict

from odoo.fields import Command

from .csv_folder import Column, Table, day, flag, number
from .loader import Loader

# Spellings of the files that are not the names of Odoo's countries.
COUNTRY_CODES = {"UK": "GB", "USA": "US"}
BATCH = 100


class NorthwindLoader(Loader):
    """Regions, people, customers, products and orders, confirmed and invoiced.

    * An order belongs to the employee who took it, to the team that the employee leads
      or else is in, and to the region of the employee's territories: each employee
      sells in one region.
    * The invoice bears the date of the order: 21 orders were never shipped.
    * Prices carry no taxes, and freight is no sale. Suppliers and shippers take no part
      in the figures and are not read.
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
                "unit_price": Column(number(minimum=0, decimals=2)),
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
                "required_date": Column(day, required=False),
            },
        ),
        "order_line": Table(
            "order_details.csv",
            ("order_id", "product_id"),
            {
                "order_id": Column(refers_to="order"),
                "product_id": Column(refers_to="product"),
                "unit_price": Column(number(minimum=0, decimals=2)),
                "quantity": Column(number(minimum=1, decimals=2)),
                # A fraction here, a percentage of two decimals in Odoo.
                "discount": Column(number(minimum=0, maximum=1, decimals=4)),
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
            if employee_id in self._get_managers(employee_id):
                yield employee.problem("reports_to", "the managers form a circle")

    def _get_managers(self, employee_id):
        """Return the managers of an employee up to the top, or once around a circle."""
        managers = []
        manager = self.data["employee"][employee_id]["reports_to"]
        while manager is not None and manager not in managers:
            managers.append(manager)
            manager = self.data["employee"][manager]["reports_to"]
        return managers

    def _load_company(self):
        super()._load_company()
        if not self.company.chart_template:
            self.env["account.chart.template"].try_loading("generic_coa", self.company)

    def _load_records(self):
        self._load_regions()
        self._load_employees()
        self._load_teams()
        self._load_customers()
        self._load_products()
        self._load_orders()

    def _load_regions(self):
        self.regions = self._ensure(
            "Regions",
            "sales.region",
            [
                (
                    row.name,
                    {
                        "name": row["region_description"],
                        "code": f"NW{row['region_id']}",
                        "company_id": self.company.id,
                    },
                )
                for row in self.data["region"].values()
            ],
        )
        self._ensure(
            "Territories",
            "sales.region",
            [
                (
                    row.name,
                    {
                        "name": row["territory_description"],
                        "code": row["territory_id"],
                        "parent_id": self.regions[f"region_{row['region_id']}"],
                        "company_id": self.company.id,
                    },
                )
                for row in self.data["territory"].values()
            ],
        )

    def _load_employees(self):
        rows = self.data["employee"]
        managers = {row["reports_to"] for row in rows.values()}
        users = self._ensure(
            "Users",
            "res.users",
            [
                (
                    f"user_{key}",
                    self._prepare_user(
                        f"{row['first_name']} {row['last_name']}",
                        self._get_role(key, managers),
                    ),
                )
                for key, row in rows.items()
            ],
        )
        self.users = {key: users[f"user_{key}"] for key in rows}
        # Managers first: an employee is created below an existing one.
        levels = sorted(rows, key=lambda key: len(self._get_managers(key)))
        employees = self._find("hr.employee")
        for key in levels:
            row = rows[key]
            employees |= self._ensure(
                "Employees",
                "hr.employee",
                [
                    (
                        row.name,
                        {
                            "name": f"{row['first_name']} {row['last_name']}",
                            "job_title": row["title"],
                            "user_id": self.users[key],
                            "company_id": self.company.id,
                            "parent_id": employees.get(f"employee_{row['reports_to']}"),
                        },
                    )
                ],
            )

    def _get_role(self, employee_id, managers):
        if employee_id not in managers:
            return "person"
        top = self.data["employee"][employee_id]["reports_to"] is None
        return "director" if top else "leader"

    def _load_teams(self):
        """One team for each manager, below the team of the manager's manager."""
