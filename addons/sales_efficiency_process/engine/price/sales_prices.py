# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class SalesPrices:
    """What is known of sales prices beyond those of the products themselves: variants
    and options cost more, and products that companies share have prices in the currency
    of the main company. It is kept in memory with the floors."""

    def __init__(self, variants=None, options=None, currency_id=None):
        """
        :param dict variants: id of a variant -> what it costs more
        :param dict options: id of an attribute value that makes no variant -> what a
            product with it costs more
        :param int currency_id: the currency of products without a company
        """
        self._variants = variants or {}
        self._options = options or {}
        self._currency_id = currency_id
        self._rates = {}

    @classmethod
    def load(cls, env):
        values = env["product.template.attribute.value"]
        values.flush_model(["attribute_id", "price_extra"])
        env["product.product"].flush_model(["product_template_attribute_value_ids"])
        return cls(
            dict(env.execute_query(cls._select_variants())),
            dict(env.execute_query(cls._select_options())),
            env["res.company"]._get_main_company().currency_id.id,
        )

    @staticmethod
    def _select_variants():
        return SQL(
            """
            SELECT variant.product_product_id, SUM(value.price_extra)::float8
              FROM product_variant_combination variant
              JOIN product_template_attribute_value value
                ON value.id = variant.product_template_attribute_value_id
             WHERE value.price_extra <> 0
             GROUP BY variant.product_product_id
            """
        )

    @staticmethod
    def _select_options():
        return SQL(
            """
            SELECT value.id, value.price_extra::float8
              FROM product_template_attribute_value value
              JOIN product_attribute attribute ON attribute.id = value.attribute_id
             WHERE value.price_extra <> 0
               AND attribute.create_variant = 'no_variant'
            """
        )

    def get_extra(self, product_id):
        """:return: what a variant costs more than its product"""
        return self._variants.get(product_id, 0.0)

    def get_options(self, line):
        """:return: what the options of a line of an order cost"""
        if not self._options:
            return 0.0  # Nothing has to be read.
        values = line.product_no_variant_attribute_value_ids
        return sum(self._options.get(id_, 0.0) for id_ in values.ids)

    def sql_options(self, env):
        """:return: the same of lines ``l``"""
        if not self._options:
            return SQL("0::float8")
        field = env["sale.order.line"]._fields["product_no_variant_attribute_value_ids"]
        return SQL(
            """
            COALESCE((
                SELECT SUM(value.price_extra)
                  FROM %(table)s option
                  JOIN product_template_attribute_value value
                    ON value.id = option.%(value)s
                 WHERE option.%(line)s = l.id AND value.id IN %(options)s
            ), 0)::float8
            """,
            table=SQL.identifier(field.relation),
            value=SQL.identifier(field.column2),
            line=SQL.identifier(field.column1),
            options=tuple(self._options),
        )

    def get_rate(self, company, day):
        """:return: what a unit of the prices of shared products is worth in the
        currency of a company"""
        if not self._currency_id or self._currency_id == company.currency_id.id:
            return 1.0
        own = company.currency_id
        key = company.id, own.id, day
        if key not in self._rates:
            currency = company.env["res.currency"].browse(self._currency_id)
            self._rates[key] = currency._get_conversion_rate(
                currency, own, company, day
            )
        return self._rates[key]
