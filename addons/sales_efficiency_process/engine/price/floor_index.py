# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

from .sales_prices import SalesPrices


class Floor(NamedTuple):
    """A price floor, as it is kept in memory."""

    id: int
    basis: str
    value: float
    region_id: int | None
    channel_id: int | None
    date_from: date | None
    date_to: date | None
    is_limited: bool


def read_ancestors(env, model):
    """Read the ancestors of all records of a tree.

    :param str model: name of the model
    :return: dict id -> tuple of ids, from the record itself up to its root
    """
    records = env[model]
    records.flush_model(["parent_id"])
    rows = env.execute_query(
        SQL("SELECT id, parent_path FROM %s", SQL.identifier(records._table))
    )
    return {
        id_: tuple(map(int, reversed((path or str(id_)).strip("/").split("/"))))
        for id_, path in rows
    }


class FloorIndex:
    """The price floors of a company, with all that is needed to find the one that
    counts. It is kept in memory, so that it costs orders no query."""

    def __init__(self, floors, categories, regions, channels, units, sales_prices=None):
        """
        :param list floors: pairs of a place, see ``_get_places``, and a :class:`Floor`
        :param dict categories: id -> ids from the category itself upwards; likewise
            regions and channels
        :param dict units: id of a unit of measure -> its absolute quantity
        :param SalesPrices sales_prices: what discounts are measured from
        """
        self._floors = defaultdict(list)
        for place, floor in floors:
            self._floors[place].append(floor)
        self._categories = categories
        self._regions = regions
        self._channels = channels
        self.units = units
        self.sales_prices = sales_prices or SalesPrices()
        self._rates, self._untaxed = {}, {}
        self.has_margins = any(floor.basis == "margin" for _place, floor in floors)
        self.has_discounts = any(floor.basis == "discount" for _place, floor in floors)

    @classmethod
    def load(cls, env, company_id):
        """:return: the index of a company; None if it has no floors"""
        env["sales.price.floor"].flush_model()
        env["uom.uom"].flush_model(["factor"])
        rows = env.execute_query(cls._select(company_id))
        if not rows:
            return None
        floors = [(tuple(row[:2]), Floor._make(row[2:])) for row in rows]
        has_discounts = any(floor.basis == "discount" for _place, floor in floors)
        return cls(
            floors,
            read_ancestors(env, "product.category"),
            read_ancestors(env, "sales.region"),
            read_ancestors(env, "sales.channel"),
            dict(env.execute_query(SQL("SELECT id, factor::float8 FROM uom_uom"))),
            SalesPrices.load(env) if has_discounts else None,
        )

    @staticmethod
    def _select(company_id):
        """A former value is as limited in time as the floor that it belongs to: the day
        on which it ends only says when it was changed."""
        return SQL(
            """
            SELECT CASE WHEN floor.product_id IS NOT NULL THEN 'product'
                        WHEN floor.product_tmpl_id IS NOT NULL THEN 'template'
                        WHEN floor.categ_id IS NOT NULL THEN 'category'
                        ELSE 'all' END,
                   COALESCE(floor.product_id, floor.product_tmpl_id, floor.categ_id, 0),
                   floor.id, floor.basis,
                   CASE floor.basis WHEN 'price' THEN floor.lowest_price
                                    WHEN 'discount' THEN floor.largest_discount
                                    ELSE floor.least_margin END::float8,
                   floor.region_id, floor.channel_id, floor.date_from, floor.date_to,
                   COALESCE(present.id, floor.id) IN (
                       SELECT id FROM sales_price_floor WHERE date_to IS NOT NULL
                   )
              FROM sales_price_floor floor
              LEFT JOIN sales_price_floor present ON present.id = floor.current_id
             WHERE floor.company_id = %s
               AND floor.active
               AND COALESCE(present.active, TRUE)
             ORDER BY floor.id
            """,
            company_id,
        )

    def get_rate(self, company, currency, day):
        """Return the rate of the day whose floors count, whatever day an order has.

        :return: what a unit of company currency is worth in that of an order
        """
        own = company.currency_id
        if currency == own:
            return 1.0
        key = company.id, own.id, currency.id, day
        if key not in self._rates:
            self._rates[key] = own._get_conversion_rate(own, currency, company, day)
        return self._rates[key]

    def get_untaxed(self, product, company):
        """Return what the taxes of a product leave of its sales price.

        :return: a part of 1; less only if the price includes taxes
        """
        template = product.product_tmpl_id
        key = company.id, template.id
        if key not in self._untaxed:
            self._untaxed[key] = self._compute_untaxed(template, company)
        return self._untaxed[key]

    @staticmethod
    def _compute_untaxed(template, company):
        # sudo: taxes need not be open to all who sell.
        taxes = template.sudo().taxes_id._filter_taxes_by_company(company)
        if not any(tax.price_include for tax in taxes.flatten_taxes_hierarchy()):
            return 1.0
        price = template.list_price or 1.0
        exact = taxes.with_context(round_base=False)
        amounts = exact.compute_all(
            price, currency=company.currency_id, rounding_method="round_globally"
        )
        return amounts["total_excluded"] / price

    def find(self, line, region_id, channel_id, day):
        """Find the floors that count: those of the product, else of its nearest product
        line, else of all; among them those of the nearest region, then of the nearest
        channel, then those limited in time.

        :param line: ``LineValues``
        :return: list of floors; there is more than one if several have all this alike
        """
        for place in self._get_places(line):
            if place in self._floors:
                found = self._find_narrowest(
                    self._floors[place],
                    self._regions.get(region_id, ()),
                    self._channels.get(channel_id, ()),
                    day,
                )
                if found:
                    return found
        return []

    def has_own(self, line):
        """:return: whether there are floors for the product or its product lines"""
        own = (place for place in self._get_places(line) if place[0] != "all")
        return any(place in self._floors for place in own)

    def _get_places(self, line):
        yield "product", line.product_id
        yield "template", line.template_id
        for categ_id in self._categories.get(line.categ_id, ()):
            yield "category", categ_id
        yield "all", 0

    def _find_narrowest(self, floors, regions, channels, day):
        narrowest, found = None, []
        for floor in floors:
            if (floor.date_from and day < floor.date_from) or (
                floor.date_to and day > floor.date_to
            ):
                continue
            width = (
                self._get_nearness(floor.region_id, regions),
                self._get_nearness(floor.channel_id, channels),
                floor.is_limited,
            )
            if None in width:
                continue
            if narrowest is None or width > narrowest:
                narrowest, found = width, [floor]
            elif width == narrowest:
                found.append(floor)
        return found

    @staticmethod
    def _get_nearness(node_id, ancestors):
        """:return: 0 for all, more the nearer; None for another part of the tree"""
        if not node_id:
            return 0
        if node_id not in ancestors:
            return None
        return len(ancestors) - ancestors.index(node_id)
