# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import DimensionIndex


def get_keys(registry):
    """Return the columns that tell the cells of a month apart."""
    fields_ = registry["sales.fact"]._fields.values()
    dimensions = [f.name for f in fields_ if getattr(f, "in_cells", False)]
    return ("company_id", "source", "event", *dimensions)


class SalesFactCell(models.Model):
    """Monthly sums of the facts: what a question about whole months is answered from.

    Dimensions are plain integers with 0 for "none", so that the key of a cell is
    never NULL and a change can be added to it by ``ON CONFLICT``. They are those of
    the facts that say so (``in_cells``, see ``sales.scope.mixin``).
    """

    _name = "sales.fact.cell"
    _inherit = "sales.mart.sums"
    _auto = False
    _log_access = False
    _description = "Monthly Cell of the Sales Data Mart"
    _order = "month desc, id"

    month = fields.Date(help="First day of the month.")
    source = fields.Char()
    event = fields.Char()
    company_id = fields.Integer()
    documents = fields.Integer(
        help="Number of documents counted in this cell. A document counts in one of"
        " its cells only.",
    )

    _key = DimensionIndex(
        lambda registry: f"({', '.join(('month', *get_keys(registry)))})",
        "Each month and combination of dimensions has only one sum.",
    )
    _empty = models.Index("(id) WHERE facts = 0")
    # A rebuild writes source by source: a question about one skips most of the table.
    _event = models.Index("USING brin (event)")

    def _create_column(self, name, type_):
        """Have new sums of 0 in the cells that are there, without writing them."""
        if name not in self._get_sums():
            return super()._create_column(name, type_)
        return self.env.cr.execute(
            SQL(
                "ALTER TABLE sales_fact_cell ADD COLUMN %(name)s %(type)s DEFAULT 0;"
                " ALTER TABLE sales_fact_cell ALTER COLUMN %(name)s DROP DEFAULT",
                name=SQL.identifier(name),
                type=SQL(type_),
            )
        )

    def _fill_new_columns(self, names):
        """Sum the facts anew: they alone know what the new columns hold.

        Of a measure that none of them has this is 0, and nothing is to be done.
        """
        res = super()._fill_new_columns(names)
        measures = {self._get_counts().get(name, name) for name in names}
        if not measures.issubset(self._get_measures()) or self._has_facts_of(measures):
            self._sum_anew()
        return res

    def _has_facts_of(self, measures):
        """:return: whether a fact has one of some measures"""
        [[has_facts]] = self.env.execute_query(
            SQL(
                "SELECT EXISTS (SELECT FROM sales_fact WHERE %s)",
                SQL(" OR ").join(
                    SQL("%s IS NOT NULL", SQL.identifier(name))
                    for name in sorted(measures)
                ),
            )
        )
        return has_facts

    def _sum_anew(self):
        """Replace the cells by the sums of the facts.

        :return: the number of cells that were deleted or inserted
        """
        keys = ("month", *self._get_keys())
        return self._replace_rows(
            self._sums_of(SQL("sales_fact")), (*keys, *self._get_sums()), keys
        )

    def _get_columns(self):
        counts = dict.fromkeys(self._get_counts(), "int4")
        return super()._get_columns() | counts

    def _get_summed_dimensions(self):
        return [name for name in self._get_keys() if name not in self._fields]

    @api.model
    def _get_keys(self):
        """Return the columns that tell the cells of a month apart."""
        return get_keys(self.pool)

    def _get_sums(self):
        """Return the columns that are added up."""
        return (*self._get_measures(), "documents", *self._get_counts(), "facts")

    def _get_counts(self):
        """:return: dict of a column that counts facts -> a measure that those have"""
        counts = self.env["sales.fact"]._get_count_columns()
        return {count: measure for measure, count in reversed(counts.items())}

    def _add(self, facts, sign=1):
        """Return the INSERT that adds facts to their cells.

        :param SQL facts: relation with the columns of ``sales_fact``
        :param int sign: -1 to take the facts out of their cells instead
        """
        keys = ("month", *self._get_keys())
        sums = self._get_sums()
        return SQL(
            "INSERT INTO sales_fact_cell AS cell (%s) %s"
            " ON CONFLICT (%s) DO UPDATE SET %s",
            self._join_columns((*keys, *sums)),
            self._sums_of(facts, sign),
            self._join_columns(keys),
            SQL(", ").join(
                SQL("%(c)s = cell.%(c)s + excluded.%(c)s", c=SQL.identifier(name))
                for name in sums
            ),
        )

    def _sums_of(self, facts, sign=1):
        """Return the SELECT that sums facts into the columns of cells.

        In the order of the key, so that cells that are read together lie together.
        """
        keys = SQL(", ").join(
            [
                SQL("date_trunc('month', date::timestamp)::date"),
                *(
                    SQL("COALESCE(%s, 0)", SQL.identifier(name))
                    if self._is_number(name)
                    else SQL.identifier(name)
                    for name in self._get_keys()
                ),
            ]
        )
        sums = SQL(", ").join(
            [
                *(
                    SQL("%s * COALESCE(SUM(%s), 0)", sign, SQL.identifier(name))
                    for name in (*self._get_measures(), "documents")
                ),
                *(
                    SQL("%s * COUNT(%s)", sign, SQL.identifier(name))
                    for name in self._get_counts().values()
                ),
            ]
        )
        return SQL(
            "SELECT %(keys)s, %(sums)s, %(sign)s * COUNT(*)"
            " FROM %(facts)s GROUP BY %(keys)s ORDER BY %(order)s",
            keys=keys,
            sums=sums,
            sign=sign,
            facts=facts,
            order=SQL(", ").join(
                SQL(str(n + 1)) for n in range(len(self._get_keys()) + 1)
            ),
        )

    def _as_facts(self, dimensions, measures):
        """Return the SELECT of cells in the form of facts.

        Their day is the first of the month, and cells that differ in other dimensions
        only are one row: so what is asked next meets few rows.

        :param dimensions: names of columns of ``sales_fact``
        :param measures: names of measures
        """
        keys = [SQL("month AS date")]
        for name in ("company_id", *sorted(set(dimensions) - {"company_id"})):
            column = SQL.identifier(name)
            if self._is_number(name):
                column = SQL("NULLIF(%s, 0) AS %s", column, column)
            keys.append(column)
        facts = self.env["sales.fact"]
        known_by = facts._get_count_columns()
        counts = {known_by[name] for name in measures if name in known_by}
        sums = [
            SQL("SUM(%(c)s)::int AS %(c)s", c=SQL.identifier(name))
            for name in ("facts", *sorted(counts))
        ]
        for name in sorted(measures):
            column = SQL.identifier(name)
            type_ = SQL(facts._fields[name].column_type[1])
            total = SQL("SUM(%s)::%s", column, type_)
            if count := known_by.get(name):
                known = SQL.identifier(count)
                total = SQL("CASE WHEN SUM(%s) > 0 THEN %s END", known, total)
            sums.append(SQL("%s AS %s", total, column))
        return SQL(
            "SELECT cell.*, company.currency_id"
            " FROM (SELECT %s, %s FROM sales_fact_cell GROUP BY %s) AS cell"
            " LEFT JOIN res_company AS company ON company.id = cell.company_id",
            SQL(", ").join(keys),
            SQL(", ").join(sums),
            SQL(", ").join(SQL(str(n + 1)) for n in range(len(keys))),
        )

    def _is_number(self, name):
        """:return: whether a key is the id of a record, 0 for none"""
        return self._get_columns()[name] == "int4"

    def _join_columns(self, names):
        return SQL(", ").join(SQL.identifier(name) for name in names)
