# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.dimensions import Dimensions

MEMBER = "channel_member_id"
# Stands for all regions or lines, and for those of sales that have none
ALL = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A region and a product line in which a channel or a member is to sell."""

    company_id: int
    channel_id: int
    member_id: int
    region_id: int
    categ_id: int
    start: date
    end: date

    def get_places(self):
        """:return: dict dimension → id"""
        return {
            "channel_id": self.channel_id,
            MEMBER: self.member_id,
            "region_id": self.region_id,
            "categ_id": self.categ_id,
        }


class Coverage:
    """Measures how many agreed cells have a sale, in percent.

    Scopes that name a member ask for what was agreed with it and sold by it; others ask
    for what was last approved in the plans of the channels. Trees include what is
    below: a sale in Taipei covers the north.

    :param env: environment of the requesting user
    :param tuple events: events that count as a sale
    """

    def __init__(self, env, events):
        self.env = env
        self._events = events

    def measure(self, scopes, periods):
        """:return: percentages in the order of scopes × periods; None without cells"""
        parts = defaultdict(list)
        for scope in scopes:
            parts[MEMBER in dict(scope.dimensions)].append(scope)
        rows = {}
        for of_members, asked in parts.items():
            column = self._measure(of_members, asked, periods)
            for place, scope in enumerate(asked):
                start = place * len(periods)
                rows[scope] = column[start : start + len(periods)]
        return [value for scope in scopes for value in rows[scope]]

    def _measure(self, of_members, scopes, periods):
        cells = self._get_cells(of_members, scopes)
        if not cells:
            return [None] * (len(scopes) * len(periods))
        figures = FactColumns(self.env, scopes, periods)
        sold = figures.counts([self._sql_sold(cells, figures.names, periods)])[0]
        agreed = self._count_agreed(cells, scopes, periods)
        return [
            round(100 * count / total, 4) if total else None
            for count, total in zip(sold, agreed, strict=True)
        ]

    # ------------------------------------------------------------------
    # What was agreed
    # ------------------------------------------------------------------

    def _get_cells(self, of_members, scopes):
        """:return: list of :class:`Cell` of members, or of plans"""
        model = "sales.channel.member" if of_members else "sales.channel.plan"
        owners = self.env[model]
        owners.flush_model()
        companies = list({scope.company_id for scope in scopes})
        if of_members:
            named = {id_ for scope in scopes for id_ in dict(scope.dimensions)[MEMBER]}
            columns = SQL(
                "owner.channel_id, owner.id,"
                " COALESCE(LEAST(owner.contract_start, owner.date_active),"
                " DATE '1900-01-01'),"
                " COALESCE(owner.date_ended, DATE '9999-12-31')"
            )
            where = SQL(
                "owner.state <> 'prospect' AND owner.id = ANY(%s)", sorted(named)
            )
        else:
            columns = SQL("owner.channel_id, 0, owner.date_from, owner.date_to")
            where = SQL("TRUE")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT owner.company_id, %(columns)s,
                       COALESCE(region.%(region)s, 0), COALESCE(line.%(line)s, 0)
                  FROM %(table)s owner
             LEFT JOIN %(regions)s region ON region.%(owner_of_region)s = owner.id
             LEFT JOIN %(lines)s line ON line.%(owner_of_line)s = owner.id
                 WHERE owner.company_id = ANY(%(companies)s)
                   AND (region.%(region)s IS NOT NULL OR line.%(line)s IS NOT NULL)
                   AND %(where)s
                """,
                columns=columns,
                table=SQL.identifier(owners._table),
                companies=companies,
                where=where,
                **self._name_relations(owners),
            )
        )
        return [
            Cell(company, channel, member, region, categ, start, end)
            for company, channel, member, start, end, region, categ in rows
        ]

    @staticmethod
    def _name_relations(owners):
        """:return: the names in SQL of the tables of regions and lines"""
        prefix = "approved_" if "approved_region_ids" in owners._fields else ""
        region = owners._fields[f"{prefix}region_ids"]
        line = owners._fields[f"{prefix}categ_ids"]
        names = {
            "regions": region.relation,
            "owner_of_region": region.column1,
            "region": region.column2,
            "lines": line.relation,
            "owner_of_line": line.column1,
            "line": line.column2,
        }
        return {key: SQL.identifier(name) for key, name in names.items()}

    def _count_agreed(self, cells, scopes, periods):
        """:return: numbers of cells in the order of scopes × periods"""
        dimensions = Dimensions(self.env).of_scopes(scopes)
        by_member = defaultdict(list)
        for cell in cells:
            by_member[cell.member_id].append(cell)
        column = []
        for scope in scopes:
            members = dict(scope.dimensions).get(MEMBER, (ALL,))
            own = [cell for id_ in members for cell in by_member[id_]]
            inside = self._filter(own, scope, dimensions)
            column += [
                sum(c.start <= period.end and c.end >= period.start for c in inside)
                for period in periods
            ]
        return column

    @staticmethod
    def _filter(cells, scope, dimensions):
        """:return: the cells that lie in the scope, as far as cells have its
        dimensions: a person or a team only narrows the sales"""
        wanted = {
            name: set(dimensions[name].expand(ids)) for name, ids in scope.dimensions
        }
        return [
            cell
            for cell in cells
            if cell.company_id == scope.company_id
            and all(
                id_ in wanted[name]
                for name, id_ in cell.get_places().items()
                if name in wanted
            )
        ]

    # ------------------------------------------------------------------
    # What was sold
    # ------------------------------------------------------------------

    def _sql_sold(self, cells, names, periods):
        """Return the FROM item of the cells of each sale, see ``FactQuery.counts``."""
        places = {
            "channel_id": SQL("cell.channel_id"),
            MEMBER: SQL("cell.member_id"),
            "region_id": SQL("NULLIF(cell.region_id, 0)"),
            "categ_id": SQL("NULLIF(cell.categ_id, 0)"),
        }
        others = [name for name in names if name not in places]
        of_members = bool(cells[0].member_id)
        return SQL(
            """
            (SELECT cell.company_id, sale.date, %(columns)s '' AS kind, cell.id AS key
               FROM %(sales)s
               JOIN %(regions)s AS region ON region.id = sale.region_id
               JOIN %(lines)s AS line ON line.id = sale.categ_id
               %(channels)s
               JOIN %(cells)s
                 ON cell.company_id = sale.company_id
                AND %(owner)s
                AND cell.region_id = region.ancestor
                AND cell.categ_id = line.ancestor
                AND sale.date BETWEEN cell.date_from AND cell.date_to) AS countable
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL.identifier("sale", name)),
                    SQL.identifier(name),
                )
                for name in names
            ),
            sales=self._sql_sales(others, periods, of_members),
            regions=self._sql_tree("sales.region"),
            lines=self._sql_tree("product.category"),
            channels=SQL()
            if of_members
            else SQL(
                "JOIN %s AS channel ON channel.id = sale.channel_id",
                self._sql_tree("sales.channel"),
            ),
            cells=self._sql_cells(cells),
            owner=SQL("cell.member_id = sale.channel_member_id")
            if of_members
            else SQL("cell.channel_id = channel.ancestor"),
        )

    def _sql_sales(self, names, periods, of_members):
        """Return the FROM item of the places and days at which something was sold.

        :param names: further dimensions in use
        """
        columns = ["company_id", "date", MEMBER, *names]
        return SQL(
            """
            (SELECT DISTINCT %(columns)s, COALESCE(region_id, 0) AS region_id,
                    COALESCE(categ_id, 0) AS categ_id,
                    COALESCE(channel_id, 0) AS channel_id
               FROM sales_fact
              WHERE event IN %(events)s AND amount > 0
                AND date BETWEEN %(start)s AND %(end)s
                AND %(owner)s) AS sale
            """,
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            events=self._events,
            start=min(period.start for period in periods),
            end=max(period.end for period in periods),
            owner=SQL("channel_member_id IS NOT NULL")
            if of_members
            else SQL("channel_id IS NOT NULL"),
        )

    def _sql_tree(self, model):
        """Return the FROM item of the nodes of a tree and of all that they lie in."""
        table = SQL.identifier(self.env[model]._table)
        return SQL(
            """
            (SELECT id, unnest(
                        string_to_array(rtrim(parent_path, '/'), '/')::int[] || 0
                    ) AS ancestor
               FROM %s
              UNION ALL SELECT 0, 0)
            """,
            table,
        )

    def _sql_cells(self, cells):
        """Return the FROM item of the cells; the id is that within the list."""
        return SQL(
            """
            unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[],
                   %s::date[], %s::date[])
            AS cell(id, company_id, channel_id, member_id, region_id, categ_id,
                    date_from, date_to)
            """,
            list(range(len(cells))),
            [cell.company_id for cell in cells],
            [cell.channel_id for cell in cells],
            [cell.member_id for cell in cells],
            [cell.region_id for cell in cells],
            [cell.categ_id for cell in cells],
            [cell.start for cell in cells],
            [cell.end for cell in cells],
        )
