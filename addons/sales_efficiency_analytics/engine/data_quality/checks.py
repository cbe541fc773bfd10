# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What each kind of rule takes for an issue, as SQL.

Each class gives one SELECT of the records checked, which tells of each whether it has
an issue. It reads the records once.
"""

from odoo.tools import SQL

TEXTS = ("char", "text", "html", "selection")
FIGURES = ("integer", "float", "monetary")
DAYS = ("date", "datetime")
# Beyond this robust z a figure is an outlier (Iglewicz and Hoaglin 1993)
LIMIT = 3.5
# The robust z of normal figures has the scale of the usual z
SCALE = 0.6745


class Check:
    """The records that a rule checks, in one SELECT.

    Its columns are id, company_id, user_id, is_issue and deviation.

    :param rule: ``sales.data.rule``
    :param records: empty recordset of the model checked, as superuser
    :param Domain domain: the records checked
    :param subject: :class:`DataSubject`
    :param companies: those whose records are checked
    :param date today: the day of the check
    """

    #: types of the field that is checked; empty if none is
    types = ()

    def __init__(self, rule, records, domain, subject, companies, today):
        self._rule = rule
        self._companies = companies
        self._records = records
        self._subject = subject
        self._today = today
        self._query = records._search(domain)
        self._alias = self._query.table

    def sql(self):
        return self._select(
            SQL("COALESCE(%s, FALSE) AS is_issue", self._sql_is_issue()),
            SQL("NULL::float8 AS deviation"),
        )

    def _sql_is_issue(self):
        raise NotImplementedError

    def _select(self, *columns):
        return self._query.select(
            SQL("%s AS id", SQL.identifier(self._alias, "id")),
            SQL("%s AS company_id", self._sql_company()),
            SQL("%s AS user_id", self._sql_link(self._subject.user)),
            *columns,
        )

    def _sql_company(self):
        column = self._sql_link(self._subject.company)
        return self._subject.sql_company(self._companies, self._alias, column)

    def _sql_link(self, name):
        return self._sql(name) if name else SQL("NULL::int")

    def _sql(self, name):
        return self._records._field_to_sql(self._alias, name, self._query)

    @property
    def _field(self):
        return self._records._fields[self._rule.field_name]

    @property
    def _value(self):
        return self._sql(self._rule.field_name)


class Missing(Check):
    """The field is empty; a figure of 0 is empty, too."""

    types = (*TEXTS, *FIGURES, *DAYS, "many2one")

    def _sql_is_issue(self):
        if self._field.type in TEXTS:
            return SQL("COALESCE(BTRIM(%s), '') = ''", self._value)
        if self._field.type in FIGURES:
            return SQL("COALESCE(%s, 0) = 0", self._value)
        return SQL("%s IS NULL", self._value)


class Range(Check):
    """The figure is outside what is allowed."""

    types = FIGURES

    def _sql_is_issue(self):
        rule, value = self._rule, SQL("COALESCE(%s, 0)", self._value)
        limits = []
        if rule.has_least:
            limits.append(SQL("%s < %s", value, rule.least))
        if rule.has_most:
            limits.append(SQL("%s > %s", value, rule.most))
        return SQL("(%s)", SQL(" OR ").join(limits)) if limits else SQL("FALSE")


class Stale(Check):
    """The date is longer ago than allowed."""

    types = DAYS

    def _sql_is_issue(self):
        return SQL("%s < %s::date - %s", self._value, self._today, self._rule.days)


class Orphan(Check):
    """What the field names is archived."""

    types = ("many2one",)

    def _sql_is_issue(self):
        target = self._records.env[self._field.comodel_name]
        return SQL(
            "%(value)s IS NOT NULL AND NOT EXISTS (SELECT FROM %(table)s AS target"
            " WHERE target.id = %(value)s AND target.%(active)s)",
            value=self._value,
            table=SQL.identifier(target._table),
            active=SQL.identifier(target._active_name),
        )


class Inconsistent(Check):
    """The record meets a condition that no record should meet."""

    def _sql_is_issue(self):
        condition = self._rule._read_domain("condition").optimize_full(self._records)
        return condition._to_sql(self._records, self._alias, self._query)


class Duplicate(Check):
    """Another record of the company has the same, whatever its case and blanks."""

    types = ("char", "selection", "integer", "many2one")

    def sql(self):
        return SQL(
            """
            SELECT id, company_id, user_id, NULL::float8 AS deviation,
                   key IS NOT NULL AND COUNT(*) OVER (
                       PARTITION BY COALESCE(company_id, 0), key) > 1 AS is_issue
              FROM (%s) AS keyed
            """,
            self._select(SQL("%s AS key", self._sql_key())),
        )

    def _sql_key(self):
        if self._field.type != "char":
            return self._value
        # The dots of an e-mail address tell it from others.
        return SQL(
            """
            NULLIF(CASE WHEN %(value)s LIKE '%%@%%' THEN LOWER(BTRIM(%(value)s))
                   ELSE LOWER(REGEXP_REPLACE(
                       %(value)s, '[[:space:][:punct:]]', '', 'g')) END, '')
            """,
            value=self._value,
        )


class Outlier(Check):
    """The figure is far from the others of the company, in the same currency.

    Robust z = 0.6745 × (x − median) ÷ MAD, where MAD is the median of the distances to
    the median. If most figures are the same, MAD is 0 and nothing can be said.
    """

    types = FIGURES

    def sql(self):
        return SQL(
            """
            WITH figure AS MATERIALIZED (%(figures)s),
            middle AS (
                SELECT place, currency,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY value) AS median
                  FROM figure GROUP BY place, currency
            ),
            spread AS (
                SELECT place, currency, median, NULLIF(
                           PERCENTILE_CONT(0.5) WITHIN GROUP (
                               ORDER BY ABS(value - median)), 0) AS mad
                  FROM figure JOIN middle USING (place, currency)
                 GROUP BY place, currency, median
            )
            SELECT id, company_id, user_id, deviation,
                   COALESCE(ABS(deviation) > %(limit)s, FALSE) AS is_issue
              FROM figure
              JOIN spread USING (place, currency)
             CROSS JOIN LATERAL (
                   SELECT %(scale)s * (value - median) / mad AS deviation) AS measured
            """,
            figures=self._select(
                SQL("%s::float8 AS value", self._value),
                SQL("COALESCE(%s, 0) AS place", self._sql_company()),
                SQL("COALESCE(%s, 0) AS currency", self._sql_currency()),
            ),
            limit=self._rule.threshold,
            scale=SCALE,
        )

    def _sql_currency(self):
        """:return: the currency of the figure, if it is kept with the record"""
        if self._field.type != "monetary":
            return SQL("NULL::int")
        name = self._field.get_currency_field(self._records)
        currency = self._records._fields.get(name)
        is_kept = currency is not None and currency.store
        return self._sql(name) if is_kept else SQL("NULL::int")


CHECKS = {
    "missing": Missing,
    "duplicate": Duplicate,
    "inconsistent": Inconsistent,
    "range": Range,
    "outlier": Outlier,
    "stale": Stale,
    "orphan": Orphan,
}
