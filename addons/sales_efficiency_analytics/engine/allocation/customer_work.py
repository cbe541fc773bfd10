# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period
from odoo.addons.sales_efficiency_resource.engine import Customers, PolicyMatch

ORDERED = "sales_efficiency_base.sales_metric_ordered_amount"


class CustomerWork:
    """What the customers of a scenario are worth, and how many hours they need.

    Hours: contacts by the rhythm of the service policy, which follows class and grade,
    and open opportunities. Value: potential per year and weighted pipeline; a customer
    whose potential nobody has noted counts with what it ordered in twelve months.

    The number of queries does not depend on that of customers. All is read with the
    rights of the user.

    :param allocation: the scenario
    """

    def __init__(self, allocation):
        self._allocation = allocation
        self._company = allocation.company_id
        self.env = allocation.env

    def measure(self):
        """:return: list of values of lines, one for each customer"""
        partners = self._find_customers()
        contact_days = self._get_contact_days(partners)
        potentials = self._get_potentials(partners)
        pipelines = self._get_pipelines(partners)
        sales = self._get_sales(partners)
        categories = self._get_categories(sales)
        return [
            self._prepare(
                partner,
                contact_days[partner.id],
                potentials.get(partner.id),
                pipelines.get(partner.id, (0, 0.0)),
                sales.get(partner.id, {}),
                categories,
            )
            for partner in partners
        ]

    def _prepare(self, partner, contact_days, potential, pipeline, sales, categories):
        allocation = self._allocation
        contacts = allocation._count_days() / contact_days if contact_days else 0.0
        opportunities, weighted = pipeline
        hours = (
            contacts * allocation.contact_hours
            + opportunities * allocation.opportunity_hours
        )
        bought = {key: amount for key, amount in sales.items() if amount > 0}
        total = sum(bought.values())
        is_known = potential is not None
        worth = potential if is_known else total
        return {
            "partner_id": partner.id,
            "user_id": partner.user_id.id,
            "region_id": partner._get_sales_region(self._company).id,
            "categ_id": max(bought, key=bought.get) if any(bought) else False,
            "contact_count": round(contacts, 2),
            "opportunity_count": opportunities,
            "hours": round(hours, 2),
            "potential": worth,
            "is_potential_known": is_known,
            "pipeline": weighted,
            "value": worth + weighted,
            "details": {
                "shares": [
                    [categories.get(key, []), amount / total]
                    for key, amount in bought.items()
                ],
                "place": self._get_place(partner),
            },
        }

    @staticmethod
    def _get_place(partner):
        """:return: latitude and longitude, empty if they are not filled in"""
        place = [partner.partner_latitude, partner.partner_longitude]
        return place if any(place) else []

    # ------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------

    def _find_customers(self):
        """:return: the customers of the people of the scenario, and those without a
        salesperson if wished; only those that the user may read"""
        self.env.flush_all()
        users = self._allocation.person_ids.user_id
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id FROM res_partner p
                 WHERE p.active AND %(is_customer)s
                   AND (p.user_id = ANY(%(users)s) OR %(unassigned)s)
                 ORDER BY p.id
                """,
                is_customer=Customers(self._company).sql_is_customer("p"),
                users=users.ids,
                unassigned=SQL("p.user_id IS NULL")
                if self._allocation.with_unassigned
                else SQL("FALSE"),
            )
        )
        partners = self.env["res.partner"].browse(row[0] for row in rows)
        return partners._filtered_access("read")

    def _get_contact_days(self, partners):
        """:return: dict id of a customer -> days between contacts; 0: no rhythm"""
        found = PolicyMatch(self._company).find(partners)
        policies = self.env["sales.service.policy"].browse(set(found.values()))
        days = {policy.id: policy.contact_days for policy in policies}
        usual = self._allocation.contact_days
        return {
            partner.id: days[found[partner.id]] if partner.id in found else usual
            for partner in partners
        }

    def _get_potentials(self, partners):
        """:return: dict id of a customer -> potential per year, where it was noted"""
        files = self.env["sales.customer.file"].search_fetch(
            Domain("company_id", "=", self._company.id)
            & Domain("partner_id", "in", partners.ids)
            & Domain("potential_amount", ">", 0),
            ["partner_id", "potential"],
        )
        return {file.partner_id.id: file.potential for file in files}

    def _get_pipelines(self, partners):
        """:return: dict id of a customer -> number of open opportunities, and their
        revenue × probability in the currency of the company"""
        groups = self.env["crm.lead"]._read_group(
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("company_id", "in", (False, self._company.id))
            & Domain("partner_id", "child_of", partners.ids),
            ["partner_id"],
            ["__count", "prorated_revenue:sum"],
        )
        found = {}
        for partner, count, revenue in groups:
            customer_id = partner.commercial_partner_id.id
            before, weighted = found.get(customer_id, (0, 0.0))
            found[customer_id] = before + count, weighted + revenue
        return found

    def _get_sales(self, partners):
        """:return: dict id of a customer -> dict id of a product line -> orders of the
        last twelve months"""
        period = Period.twelve_months(self._company._get_sales_today())
        groups = self.env["sales.fact"]._read_group(
            self.env.ref(ORDERED)._get_facts_domain()
            & Domain("company_id", "=", self._company.id)
            & Domain("date", ">=", period.start)
            & Domain("date", "<=", period.end)
            & Domain("partner_id", "in", partners.ids),
            ["partner_id", "categ_id"],
            ["amount:sum"],
        )
        found = {}
        for partner, category, amount in groups:
            found.setdefault(partner.id, {})[category.id] = amount
        return found

    def _get_categories(self, sales):
        """:return: dict id of a product line -> ids of it and of those above"""
        ids = {key for of_customer in sales.values() for key in of_customer if key}
        return {
            category.id: [int(part) for part in category.parent_path.split("/") if part]
            for category in self.env["product.category"].browse(ids)
        }
