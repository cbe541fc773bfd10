# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, fields
from odoo.tools import SQL


class ContactSource:
    """A kind of documents that are contacts with customers (policy 5.1.3).

    An add-on extends this class and lists it in ``_get_sources`` of
    ``sales.contact``.
    """

    #: model of the documents
    model = None

    def __init__(self, env):
        self.env = env

    def select(self, ids=None):
        """Return the SELECT of the contacts, one row per document and person met.

        Its columns are ``res_id`` (the document), ``contact_id`` (the person met),
        ``company_id``, ``user_id``, ``activity_type_id``, ``at`` (the moment in UTC)
        or else ``day``, and, if the document says so, ``region_id`` and
        ``channel_id``.

        :param list ids: documents to restrict it to; None for all
        """
        raise NotImplementedError

    def _where(self, alias, ids):
        if ids is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", SQL.identifier(alias, "id"), list(ids))


class DoneActivities(ContactSource):
    """Done activities of types that count, which Odoo archives.

    An activity of a meeting does not count beside the meeting itself.
    """

    model = "mail.activity"

    def select(self, ids=None):
        return SQL(" UNION ALL ").join(
            self._select_on(model, documents, ids)
            for model, documents in self.get_documents().items()
        )

    def get_documents(self):
        """Return the documents on which activities count, and whom they are about.

        :return: dict model -> FROM item with ``id``, ``partner_id``, ``company_id``,
            ``region_id`` and ``channel_id``
        """
        return {
            "res.partner": SQL(
                """
                SELECT id, id AS partner_id, company_id, NULL::int AS region_id,
                       NULL::int AS channel_id
                  FROM res_partner
                """
            ),
            "crm.lead": SQL(
                """
                SELECT l.id, l.partner_id, COALESCE(l.company_id, t.company_id),
                       l.sales_region_id, l.sales_channel_id
                  FROM crm_lead l
                  LEFT JOIN crm_team t ON t.id = l.team_id
                """
            ),
            "sale.order": SQL(
                """
                SELECT id, partner_id, company_id, sales_region_id, sales_channel_id
                  FROM sale_order
                """
            ),
        }

    def _select_on(self, model, documents, ids):
        return SQL(
            """
            SELECT a.id AS res_id, d.partner_id AS contact_id,
                   COALESCE(d.company_id, a.sales_company_id, u.company_id)
                   AS company_id,
                   u.id AS user_id, a.activity_type_id, a.sales_done_at AS at,
                   a.date_done AS day, d.region_id, d.channel_id
              FROM mail_activity a
              JOIN mail_activity_type t
                ON t.id = a.activity_type_id AND t.sales_is_contact
              JOIN (%(documents)s)
                AS d (id, partner_id, company_id, region_id, channel_id)
                ON d.id = a.res_id
              LEFT JOIN res_users u
                ON u.id = COALESCE(a.user_id, a.create_uid)
               AND NOT u.share AND u.id <> %(superuser)s
             WHERE a.res_model = %(model)s
               AND NOT a.active
               AND a.calendar_event_id IS NULL
               AND %(where)s
            """,
            documents=documents,
            model=model,
            superuser=SUPERUSER_ID,
            where=self._where("a", ids),
        )


class PastMeetings(ContactSource):
    """Past meetings that somebody of a customer took part in, or about a customer.

    Whoever declined was not there. A meeting counts for who organised it.
    """

    model = "calendar.event"

    def select(self, ids=None):
        return SQL(
            """
            SELECT e.id AS res_id, met.contact_id,
                   COALESCE(met.company_id, person.company_id, e.sales_company_id,
                            u.company_id) AS company_id,
                   u.id AS user_id, meeting.id AS activity_type_id,
                   CASE WHEN e.allday IS NOT TRUE THEN e.start END AS at,
                   e.start_date AS day, met.region_id, met.channel_id
              FROM calendar_event e
              JOIN (%(met)s) AS met ON met.event_id = e.id
              JOIN res_partner person ON person.id = met.contact_id
              LEFT JOIN res_users u
                ON u.id = e.user_id AND NOT u.share AND u.id <> %(superuser)s
              LEFT JOIN mail_activity_type meeting ON meeting.id = %(meeting)s
             WHERE e.active
               AND e.stop <= %(now)s
               AND %(where)s
            """,
            met=self._select_met(),
            meeting=self._get_type_id(),
            superuser=SUPERUSER_ID,
            now=fields.Datetime.now(),
            where=self._where("e", ids),
        )

    def _get_type_id(self):
        meeting = self.env.ref(
            "mail.mail_activity_data_meeting", raise_if_not_found=False
        )
        return meeting.id if meeting else None

    def _select_met(self):
        """Return the SELECT of the persons met: those who attended, and those of the
        opportunity or the document."""
        documents = [
            SQL(
                """
                SELECT e.id, d.partner_id, d.company_id, d.region_id, d.channel_id
                  FROM calendar_event e
                  JOIN (%(documents)s)
                    AS d (id, partner_id, company_id, region_id, channel_id)
                    ON d.id = %(link)s
                """,
                documents=select,
                link=SQL(
                    "CASE WHEN e.res_model = %s THEN e.res_id%s END",
                    model,
                    SQL(" ELSE e.opportunity_id") if model == "crm.lead" else SQL(),
                ),
            )
            for model, select in DoneActivities(self.env).get_documents().items()
        ]
        attendees = SQL(
            """
            SELECT event_id, partner_id AS contact_id, NULL::int AS company_id,
                   NULL::int AS region_id, NULL::int AS channel_id
              FROM calendar_attendee WHERE state IS DISTINCT FROM 'declined'
            """
        )
        return SQL(" UNION ALL ").join([attendees, *documents])
