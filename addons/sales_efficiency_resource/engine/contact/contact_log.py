# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.tools import SQL

from .team_places import select_places

# What follows the document; the other dimensions are those of the day
FOLLOWING = ("date", "company_id", "contact_id", "user_id", "activity_type_id")


class ContactLog:
    """Keeps ``sales.contact`` consistent with the documents of a source.

    One statement inserts, updates and deletes what differs, so it can run again at any
    time. Team,
    region and channel are frozen when the contact is made: a person or customer that
    moves later does not rewrite history.

    :param env: environment
    :param ContactSource source: where the documents come from
    """

    def __init__(self, env, source):
        self.env = env
        self._source = source

    def sync(self, ids=None):
        """Take over what has changed.

        :param list ids: the documents, existing or not; None for all
        :return: dict of company id -> set of ids of the customers concerned
        """
        self.env.flush_all()
        changed = defaultdict(set)
        for partner_id, company_id in self.env.execute_query(self._sql_sync(ids)):
            changed[company_id].add(partner_id)
        if changed:
            self.env["sales.contact"].invalidate_model()
        return changed

    def _sql_sync(self, ids):
        """Return the statement, which returns the customers concerned.

        A full join is never done by nested loops. The planner, who takes the documents
        for a few, would look through all contacts for each of them otherwise.
        """
        columns = ("res_id", *FOLLOWING, *self._get_frozen())
        return SQL(
            """
            WITH found AS (%(found)s),
            changed AS MATERIALIZED (
                SELECT known.id AS known_id, found.*
                  FROM found
                  FULL JOIN (
                       SELECT * FROM sales_contact c
                        WHERE c.res_model = %(model)s AND %(where)s) AS known
                    ON known.res_id = found.res_id
                   AND known.partner_id = found.partner_id
                 WHERE (%(old)s) IS DISTINCT FROM (%(new)s)),
            removed AS (
                DELETE FROM sales_contact c USING changed
                 WHERE c.id = changed.known_id AND changed.res_id IS NULL
             RETURNING c.partner_id, c.company_id),
            kept AS (
                INSERT INTO sales_contact (res_model, %(columns)s)
                SELECT %(model)s, %(columns)s FROM changed WHERE res_id IS NOT NULL
                    ON CONFLICT (res_model, res_id, partner_id)
                    DO UPDATE SET %(following)s,
                       team_id = CASE
                            WHEN sales_contact.user_id IS DISTINCT FROM EXCLUDED.user_id
                            THEN EXCLUDED.team_id ELSE sales_contact.team_id END
                 WHERE (%(now)s) IS DISTINCT FROM (%(then)s)
             RETURNING partner_id, company_id)
            SELECT partner_id, company_id FROM removed
             UNION
            SELECT partner_id, company_id FROM kept
            """,
            found=self._sql_found(ids),
            model=self._source.model,
            where=SQL("TRUE") if ids is None else SQL("c.res_id = ANY(%s)", list(ids)),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            following=SQL(", ").join(
                SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                for name in FOLLOWING
            ),
            old=self._list("known"),
            new=self._list("found"),
            now=self._list("sales_contact"),
            then=self._list("excluded"),
        )

    def _get_frozen(self):
        """:return: names of the dimensions that a contact has, without the person"""
        names = self.env["sales.fact"]._get_dimensions()
        fields = self.env["sales.contact"]._fields
        return [name for name in names if name in fields and name not in FOLLOWING]

    def _list(self, table):
        return SQL(", ").join(SQL.identifier(table, name) for name in FOLLOWING)

    def _sql_found(self, ids):
        """Return the SELECT of the contacts, one per document and customer."""
        return SQL(
            """
            WITH place AS MATERIALIZED (%(places)s)
            SELECT DISTINCT ON (source.res_id, customer.id)
                   source.res_id, customer.id AS partner_id,
                   COALESCE(
                       (source.at AT TIME ZONE 'UTC'
                        AT TIME ZONE company.sales_tz)::date,
                       source.day
                   ) AS date,
                   company.id AS company_id, source.contact_id, source.user_id,
                   source.activity_type_id, place.team_id,
                   COALESCE(source.region_id, person.sales_region_id,
                            customer.sales_region_id, place.region_id)
                   AS region_id,
                   COALESCE(source.channel_id, person.sales_channel_id,
                            customer.sales_channel_id) AS channel_id
              FROM (%(select)s) AS source
              JOIN res_company company ON company.id = source.company_id
              JOIN res_partner person ON person.id = source.contact_id
              JOIN res_partner customer
                ON customer.id = COALESCE(person.commercial_partner_id, person.id)
              LEFT JOIN place
                ON place.user_id = source.user_id AND place.company_id = company.id
             WHERE COALESCE(source.at::date, source.day) IS NOT NULL
               AND NOT EXISTS (
                   SELECT FROM res_company own WHERE own.partner_id = customer.id)
               AND NOT EXISTS (
                   SELECT FROM res_users colleague
                    WHERE colleague.partner_id = person.id AND NOT colleague.share)
             ORDER BY source.res_id, customer.id, source.region_id NULLS LAST,
                      source.contact_id
            """,
            select=self._source.select(ids),
            places=select_places(),
        )
