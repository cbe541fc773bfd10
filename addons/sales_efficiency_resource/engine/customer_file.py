# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tools import SQL

from .customer_places import MEMBERS, select_customer_places
from .customers import Customers

TEXTS = ("char", "text", "html", "selection")
FIGURES = ("integer", "float")


class CustomerFile:
    """How complete the files of customers are in a company: the weight of the fields
    that are filled in, as a percentage of that of all fields of the class.

    :param env: environment whose company is asked
    """

    def __init__(self, env):
        self.env = env
        # sudo: only whether fields are filled in, never what they say
        self._partners = env["res.partner"].sudo()
        self._lists = defaultdict(list)
        for line in env["sales.customer.class.field"].sudo().search([]):
            if line.name in self._partners._fields:
                self._lists[line.class_id.id].append(line)

    def score(self, partners):
        """Return how complete some files are, in one query.

        :return: dict id -> (percentage, names of the missing fields)
        """
        self.env.flush_all()
        scores = SQL("SELECT id, percent, missing FROM %s", self.sql_scores(partners))
        return {
            id_: (float(percent), list(missing or ()))
            for id_, percent, missing in self.env.execute_query(scores)
        }

    def sql_scores(self, partners=None):
        """Return the FROM item of the scores: id, percent and missing fields.

        :param partners: whose; by default all
        """
        if not self._lists:
            return SQL(
                "(SELECT NULL::int AS id, NULL::numeric AS percent,"
                " NULL::text[] AS missing WHERE FALSE) AS score"
            )
        return SQL(
            """
            (SELECT partner.id,
                    ROUND(100 * COALESCE(SUM(line.weight) FILTER (WHERE filled), 0)
                          / SUM(line.weight), 2) AS percent,
                    ARRAY_AGG(line.name ORDER BY line.position)
                        FILTER (WHERE NOT filled) AS missing
               FROM res_partner AS partner
               JOIN %(lines)s ON line.class_id = %(class_id)s
              CROSS JOIN LATERAL (SELECT COALESCE(%(filled)s, FALSE)) AS fill (filled)
              WHERE %(where)s
              GROUP BY partner.id) AS score
            """,
            lines=self._sql_lines(),
            class_id=self._sql_class(),
            filled=self._sql_filled(),
            where=SQL("TRUE")
            if partners is None
            else SQL("partner.id = ANY(%s)", partners.ids),
        )

    def _sql_lines(self):
        """Return the FROM item of the fields by class; 0 is the list for all."""
        rows = (
            SQL("(%s, %s, %s::numeric, %s)", class_id or 0, line.name, line.weight, n)
            for class_id, lines in self._lists.items()
            for n, line in enumerate(lines)
        )
        return SQL(
            "(VALUES %s) AS line (class_id, name, weight, position)",
            SQL(", ").join(rows),
        )

    def _sql_class(self):
        """:return: the class whose list applies to a partner"""
        own = [class_id for class_id in self._lists if class_id]
        column = self._partners._field_to_sql("partner", "sales_class_id")
        return SQL(
            "CASE WHEN %(c)s = ANY(%(own)s) THEN %(c)s ELSE 0 END", c=column, own=own
        )

    def _sql_filled(self):
        names = {line.name for lines in self._lists.values() for line in lines}
        whens = (
            SQL("WHEN %s THEN %s", name, self._sql_is_filled(name))
            for name in sorted(names)
        )
        return SQL("CASE line.name %s END", SQL(" ").join(whens))

    def _sql_is_filled(self, name):
        field = self._partners._fields[name]
        if field.type == "one2many":
            return self._sql_has_lines(field)
        if field.type == "many2many":
            return SQL(
                "EXISTS (SELECT FROM %s AS rel WHERE rel.%s = partner.id)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
            )
        column = self._partners._field_to_sql("partner", name)
        if field.type in TEXTS:
            return SQL("COALESCE(BTRIM(%s), '') <> ''", column)
        if field.type in FIGURES:
            return SQL("COALESCE(%s, 0) <> 0", column)
        return SQL("%s IS NOT NULL", column)

    def _sql_has_lines(self, field):
        """:return: whether there are lines, active and of the company"""
        lines = self.env[field.comodel_name]
        conditions = [
            SQL("line_of.%s = partner.id", SQL.identifier(field.inverse_name))
        ]
        if "active" in lines._fields:
            conditions.append(SQL("line_of.active"))
        if "company_id" in lines._fields and lines._fields["company_id"].store:
            company = self.env.company
            conditions.append(
                SQL("COALESCE(line_of.company_id, %(id)s) = %(id)s", id=company.id)
            )
        return SQL(
            "EXISTS (SELECT FROM %s AS line_of WHERE %s)",
            SQL.identifier(lines._table),
            SQL(" AND ").join(conditions),
        )


class CustomerFileMetric:
    """The mean completeness of the files of customers, as they are today.

    A customer counts for its salesperson, their team, its region and its channel.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env

    def measure(self, columns, measures, company_ids):
        """:return: mean by position of scopes × periods; None without customers"""
        companies = self.env["res.company"].browse(sorted(company_ids))
        self.env.flush_all()
        relation = SQL(
            "(%s) AS files",
            SQL(" UNION ALL ").join(
                self._sql_files(company, columns.names) for company in companies
            ),
        )
        sums, counts = columns.sums_of(relation, measures)
        return [
            total / count if count else None
            for total, count in zip(sums, counts, strict=True)
        ]

    def _sql_files(self, company, names):
        env = self.env["res.partner"].with_company(company).env
        return SQL(
            """
            SELECT %(columns)s %(company)s AS company_id, %(day)s::date AS date,
                   'file' AS event, score.percent, 1 AS customers
              FROM %(scores)s
              JOIN res_partner AS partner ON partner.id = score.id
              %(members)s
             WHERE partner.active AND %(is_customer)s
            """,
            columns=select_customer_places(names),
            members=MEMBERS,
            company=company.id,
            day=company._get_sales_today(),
            scores=CustomerFile(env).sql_scores(),
            is_customer=Customers(company).sql_is_customer("partner"),
        )
