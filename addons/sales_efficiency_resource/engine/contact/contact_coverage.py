# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.tools import Period

from .contact_planning import ContactPlanning

FIRST = date(2000, 1, 1)


class ContactCoverage:
    """Measures how many of the customers to contact in a period were contacted then.

    A customer is to be contacted in a period if the contact after the last one before
    it is due by its end, in a period that runs by today, in the rhythm of that time.
    One statement answers all scopes and periods.

    :param env: environment
    :param today: the current day
    """

    def __init__(self, env, today):
        self.env = env
        self._today = today

    def measure(self, scopes, periods):
        """:return: percentages or None, in the order of scopes × periods"""
        self.env["sales.contact"].flush_model()
        self.env["sales.contact.rhythm"].flush_model()
        # What is due depends on the period, so each one has a day of its own as key.
        days = [FIRST + timedelta(days=number) for number in range(len(periods))]
        columns = FactColumns(self.env, scopes, [Period(day, day) for day in days])
        spans = self._sql_spans(days, periods)
        relations = [
            self._sql_customers(columns.names, spans, condition)
            for condition in (self._sql_is_covered(), SQL("TRUE"))
        ]
        return [
            100.0 * covered / due if due else None
            for covered, due in zip(*columns.counts(relations), strict=True)
        ]

    def _sql_spans(self, days, periods):
        return SQL(
            "unnest(%s::date[], %s::date[], %s::date[]) AS span (day, start, until)",
            days,
            [period.start for period in periods],
            [min(period.end, self._today) for period in periods],
        )

    def _sql_customers(self, names, spans, condition):
        """Return the FROM item of the customers due, see ``FactQuery.counts``."""
        places = {
            "user_id": SQL("rhythm.user_id"),
            "team_id": SQL("rhythm.team_id"),
            "partner_id": SQL("rhythm.partner_id"),
            "region_id": SQL("customer.sales_region_id"),
            "channel_id": SQL("customer.sales_channel_id"),
        }
        return SQL(
            """
            (SELECT %(columns)s rhythm.company_id, span.day AS date, '' AS kind,
                    rhythm.partner_id AS key
               FROM sales_contact_rhythm rhythm
               JOIN res_partner customer ON customer.id = rhythm.partner_id
               JOIN %(spans)s
                 ON rhythm.date_from <= span.until
                AND (rhythm.date_to IS NULL OR rhythm.date_to >= span.until)
              CROSS JOIN LATERAL (
                    SELECT MAX(c.date) AS date FROM sales_contact c
                     WHERE c.company_id = rhythm.company_id
                       AND c.partner_id = rhythm.partner_id
                       AND c.date < span.start) AS last
              WHERE span.start <= span.until
                AND %(due)s <= span.until
                AND %(condition)s) AS countable
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL("NULL::int")),
                    SQL.identifier(name),
                )
                for name in names
            ),
            spans=spans,
            due=ContactPlanning.due(
                "last.date", "rhythm.contact_days", "rhythm.start_date"
            ),
            condition=condition,
        )

    def _sql_is_covered(self):
        return SQL(
            """
            EXISTS (
                SELECT FROM sales_contact c
                 WHERE c.company_id = rhythm.company_id
                   AND c.partner_id = rhythm.partner_id
                   AND c.date BETWEEN span.start AND span.until)
            """
        )
