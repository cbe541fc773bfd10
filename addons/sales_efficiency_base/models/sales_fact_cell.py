# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import DimensionIndex


def get_keys(registry):
    """Return the columns that identify a cell within a month."""
    fields_ = registry["sales.fact"]._fields.values()
    dimensions = [f.name for f in fields_ if getattr(f, "in_cells", False)]
    return ("company_id", "source", "event", *dimensions)


class SalesFactCell(models.Model):
    """Monthly sums of the facts, used to answer queries about whole months.

    Dimensions are plain integers with 0 for "none". The key of a cell is therefore
    never NULL, and ``ON CONFLICT`` can add changes to it. They are the dimensions of
    the facts marked ``in_cells``, see ``sales.scope.mixin``.
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
    # A rebuild writes source by source: a query for one skips most of the table.
    _event = models.Index("USING brin (event)")

    def _create_column(self, name, type_):
        """Default new sums of existing cells to 0 without rewriting the table."""
        if name not in self._get_sums():
            return super()._create_column(name, type_)
        return self.env.cr.execute(
            SQL(
                "ALTER TABLE %(table)s ADD COLUMN %(name)s %(type)s DEFAULT 0;"
                " ALTER TABLE %(table)s ALTER COLUMN %(name)s DROP DEFAULT",
                table=SQL.identifier(self._table),
                name=SQL.identifier(name),
                type=SQL(type_),
            )
        )

    def _fill_new_columns(self, names):
        """Sum the facts again to fill the new columns.

        If no fact has a value of a new measure, its sums stay 0 and this is skipped.
        """
        res = super()._fill_new_columns(names)
        measures = {self._get_counts().get(name, name) for name in names}
        if not measures.issubset(self._get_measures()) or self._has_facts_of(measures):
            self._sum_anew()
        return res

    def _has_facts_of(self, measures):
        """Return whether any fact has a value of one of the measures."""
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
        """Replace the cells with the sums of the facts.

        :return: the number of deleted and inserted cells
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
        """Return the columns that identify a cell within a month."""
        return get_keys(self.pool)

    def _get_sums(self):
        """Return the columns that hold sums and counts."""
        return (*self._get_measures(), "documents", *self._get_counts(), "facts")

    def _get_counts(self):
        """Return the count columns: dict column -> measure of the counted facts."""
        counts = self.env["sales.fact"]._get_count_columns()
        return {count: measure for measure, count in reversed(counts.items())}

    def _add(self, facts, sign=None):
        """Return the upsert that adds facts to their cells.

        :param SQL facts: relation with the columns of ``sales_fact``
        :param sign: what to multiply each fact with: -1 to subtract it; by default all
            are added
        """
        keys = ("month", *self._get_keys())
        sums = self._get_sums()
        return SQL(
            "INSERT INTO %s AS cell (%s) %s ON CONFLICT (%s) DO UPDATE SET %s",
            SQL.identifier(self._table),
            self._join_columns((*keys, *sums)),
            self._sums_of(facts, sign),
            self._join_columns(keys),
            SQL(", ").join(
                SQL("%(c)s = cell.%(c)s + excluded.%(c)s", c=SQL.identifier(name))
                for name in sums
            ),
        )

    def _sums_of(self, facts, sign=None):
        """Return the SELECT that sums facts into the columns of cells.

        Changes that cancel each other out make no cell. Ordered by key, to store cells
        next to each other that are read together.
        """
        columns = self._get_columns()
        keys = SQL(", ").join(
            [
                SQL("date_trunc('month', date::timestamp)::date"),
                *(
                    SQL("COALESCE(%s, 0)", SQL.identifier(name))
                    if columns[name] == "int4"
                    else SQL.identifier(name)
                    for name in self._get_keys()
                ),
            ]
        )
        sums = SQL(", ").join(self._sql_sums(sign))
        return SQL(
            "SELECT %(keys)s, %(sums)s FROM %(facts)s GROUP BY %(keys)s %(having)s"
            " ORDER BY %(order)s",
            keys=keys,
            sums=sums,
            facts=facts,
            having=SQL("HAVING (%s) <> (%s)", sums, self._zeros())
            if sign is not None
            else SQL(),
            order=SQL(", ").join(
                SQL(str(n + 1)) for n in range(len(self._get_keys()) + 1)
            ),
        )

    def _sql_sums(self, sign):
        """Return the SQL of each of ``_get_sums``."""
        measures = (*self._get_measures(), "documents")
        if sign is None:
            return [
                *(SQL("COALESCE(SUM(%s), 0)", SQL.identifier(m)) for m in measures),
                *(
                    SQL("COUNT(%s)", SQL.identifier(measure))
                    for measure in self._get_counts().values()
                ),
                SQL("COUNT(*)"),
            ]
        return [
            *(
                SQL("COALESCE(SUM(%s * %s), 0)", sign, SQL.identifier(measure))
                for measure in measures
            ),
            *(
                SQL("SUM(%s * (%s IS NOT NULL)::int)", sign, SQL.identifier(measure))
                for measure in self._get_counts().values()
            ),
            SQL("SUM(%s)", sign),
        ]

    def _zeros(self):
        return SQL(", ").join(SQL("0") for _sum in self._get_sums())

    def _delete_empty(self, ids):
        """Delete cells that have no facts any more."""
        if ids:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(self._table),
                    ids,
                )
            )

    def _as_facts(self, dimensions, measures):
        """Return the SELECT of cells in the form of facts.

        Their date is the first day of the month. Cells that differ only in other
        dimensions are merged, which leaves fewer rows for the outer query.

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
        """Return whether a key is the id of a record (0 for none)."""
        return self._get_columns()[name] == "int4"

    def _join_columns(self, names):
        return SQL(", ").join(SQL.identifier(name) for name in names)
