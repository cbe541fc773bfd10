# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL


class SalesFactCell(models.Model):
    """Monthly sums of the facts: what a question about whole months is answered from.

    Dimensions are plain integers with 0 for "none", so that the key of a cell is
    never NULL and a change can be added to it by ``ON CONFLICT``. An add-on that
    gives the facts a dimension extends the tuple.
    """

    _name = "sales.fact.cell"
    _inherit = ["sales.mart.sums", "sales.mart.table"]
    _auto = False
    _log_access = False
    _description = "Monthly Cell of the Sales Data Mart"
    _order = "month desc, id"
    _dimensions = (
        "company_id",
        "source",
        "event",
        "region_id",
        "team_id",
        "user_id",
        "channel_id",
        "categ_id",
    )

    month = fields.Date(help="First day of the month.")
    source = fields.Char()
    event = fields.Char()
    company_id = fields.Integer()
    region_id = fields.Integer()
    team_id = fields.Integer()
    user_id = fields.Integer()
    channel_id = fields.Integer()
    categ_id = fields.Integer()

    _key = models.UniqueIndex(
        lambda registry: (
            f"({', '.join(('month', *registry['sales.fact.cell']._dimensions))})"
        ),
        "There is one sum for each month and combination of dimensions.",
    )
    _empty = models.Index("(id) WHERE facts = 0")
    # A rebuild writes source by source: a question about one skips most of the table.
    _event = models.Index("USING brin (event)")

    def _add(self, facts, sign=1):
        """Return the INSERT that adds facts to their cells.

        :param SQL facts: relation with the columns of ``sales_fact``
        :param int sign: -1 to take the facts out of their cells instead
        """
        keys = ("month", *self._dimensions)
        sums = (*self._measures, "facts")
        # In the order of the key, so that cells that are read together lie together.
        return SQL(
            "INSERT INTO sales_fact_cell AS cell (%s) %s ORDER BY %s"
            " ON CONFLICT (%s) DO UPDATE SET %s",
            self._join_columns((*keys, *sums)),
            self._sums_of(facts, sign),
            SQL(", ").join(SQL(str(n + 1)) for n in range(len(keys))),
            self._join_columns(keys),
            SQL(", ").join(
                SQL("%(c)s = cell.%(c)s + excluded.%(c)s", c=SQL.identifier(name))
                for name in sums
            ),
        )

    def _sums_of(self, facts, sign=1):
        """Return the SELECT that sums facts into the columns of cells."""
        keys = SQL(", ").join(
            [
                SQL("date_trunc('month', date)::date"),
                *(
                    SQL("COALESCE(%s, 0)", SQL.identifier(name))
                    if self._fields[name].type == "integer"
                    else SQL.identifier(name)
                    for name in self._dimensions
                ),
            ]
        )
        sums = SQL(", ").join(
            SQL("%s * COALESCE(SUM(%s), 0)", sign, SQL.identifier(name))
            for name in self._measures
        )
        return SQL(
            "SELECT %(keys)s, %(sums)s, %(sign)s * COUNT(*)"
            " FROM %(facts)s GROUP BY %(keys)s",
            keys=keys,
            sums=sums,
            sign=sign,
            facts=facts,
        )

    def _join_columns(self, names):
        return SQL(", ").join(SQL.identifier(name) for name in names)
