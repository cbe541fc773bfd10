# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field

from odoo.fields import Domain
from odoo.tools import SQL

# The metrics that say what counts as an order
ORDERED = "sales_efficiency_base.sales_metric_ordered_amount"


@dataclass(slots=True)
class Purchases:
    """What a customer bought from a company.

    - lines: ids of the product lines bought, whoever sold them
    - is_partial: whether there are sales which the user may not see
    """

    first: object = False
    last: object = False
    orders: int = 0
    amount: float = 0.0
    margin: float = 0.0
    figures: int = 0
    is_partial: bool = False
    lines: set = field(default_factory=set)


class PurchaseHistory:
    """The purchases of customers, out of the figures that the user may see.

    Which product lines a customer bought is told from all sales: otherwise the line
    that a colleague sold would be proposed once more. No amount is told from them.

    The number of queries does not depend on that of customers.

    :param env: environment of the requesting user, whose company is asked
    """

    def __init__(self, env):
        self.env = env
        self._company = env.company
        self._facts = env["sales.fact"]
        self.nothing = Purchases()

    def sum_up(self, customers):
        """:return: dict id of a customer -> :class:`Purchases`"""
        purchases = {id_: Purchases() for id_ in customers.ids}
        domain = self.get_domain(customers)
        self._read_figures(purchases, domain)
        self._read_orders(purchases, domain)
        self._read_lines(purchases, domain)
        return purchases

    def find_partial(self, customers):
        """:return: ids of the customers with sales that the user may not see"""
        domain = self.get_domain(customers)
        seen = dict(self._facts._read_group(domain, ["partner_id"], ["__count"]))
        # sudo: only whether there is more
        every = self._facts.sudo()._read_group(domain, ["partner_id"], ["__count"])
        seen = {customer.id: count for customer, count in seen.items()}
        return {
            customer.id for customer, count in every if count > seen.get(customer.id, 0)
        }

    def get_domain(self, customers):
        """:return: the domain of the sales to customers"""
        return self._get_sales() & Domain("partner_id", "in", customers.ids)

    def _get_sales(self):
        return Domain("company_id", "=", self._company.id) & Domain(
            "event", "in", self._get_events()
        )

    def _get_events(self):
        # sudo: which events count as orders
        return self.env.ref(ORDERED).sudo().event_ids.mapped("event")

    def get_lines(self):
        """Return the product lines that the company sells: those of its own products,
        and of products shared with other companies once it has sold some."""
        products = self.env["product.template"]._read_group(
            Domain("sale_ok", "=", True) & Domain("company_id", "=", self._company.id),
            ["categ_id"],
        )
        lines = self.env["product.category"].union(*(line for [line] in products))
        return lines | lines.browse(self._read_sold()).exists()

    def _read_sold(self):
        """:return: ids of the product lines of all sales; only which ones there are.
        Sums by month are read: there are far fewer of them than figures."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT categ_id FROM sales_fact_cell"
                " WHERE company_id = %s AND event IN %s AND facts > 0 AND categ_id > 0",
                self._company.id,
                tuple(self._get_events()),
            )
        )
        return [id_ for [id_] in rows]

    def _read_figures(self, purchases, domain):
        groups = self._facts._read_group(
            domain,
            ["partner_id"],
            ["date:min", "date:max", "amount:sum", "margin:sum", "__count"],
        )
        for customer, first, last, amount, margin, count in groups:
            found = purchases[customer.id]
            found.first, found.last, found.figures = first, last, count
            found.amount, found.margin = amount or 0.0, margin or 0.0

    def _read_orders(self, purchases, domain):
        groups = self._facts._read_group(
            domain, ["partner_id", "source"], ["res_id:count_distinct"]
        )
        for customer, _source, count in groups:
            purchases[customer.id].orders += count

    def _read_lines(self, purchases, domain):
        # sudo: only which lines, and whether there is more; see above
        groups = self._facts.sudo()._read_group(
            domain, ["partner_id", "categ_id"], ["__count"]
        )
        every = dict.fromkeys(purchases, 0)
        for customer, line, count in groups:
            every[customer.id] += count
            if line:
                purchases[customer.id].lines.add(line.id)
        for id_, count in every.items():
            purchases[id_].is_partial = count > purchases[id_].figures
