# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_resource.engine import ContactSource, PastMeetings


class DoneVisits(ContactSource):
    """Done visits, online meetings and calls.

    A call is a call, all else a meeting.
    """

    model = "sales.visit"

    def select(self, ids=None):
        return SQL(
            """
            SELECT v.id AS res_id, COALESCE(met.partner_id, v.partner_id) AS contact_id,
                   v.company_id, v.user_id, how.id AS activity_type_id,
                   COALESCE(v.check_in_at, v.start) AS at, v.date AS day,
                   v.region_id, v.channel_id
              FROM sales_visit v
              LEFT JOIN sales_visit_contact_rel met ON met.visit_id = v.id
              LEFT JOIN mail_activity_type how
                ON how.id = CASE v.kind WHEN 'call' THEN %(call)s ELSE %(meeting)s END
             WHERE v.state = 'done' AND %(where)s
            """,
            call=self._get_type_id("call"),
            meeting=self._get_type_id("meeting"),
            where=self._where("v", ids),
        )

    def _get_type_id(self, name):
        found = self.env.ref(
            f"mail.mail_activity_data_{name}", raise_if_not_found=False
        )
        return found.id if found else None


class OtherMeetings(PastMeetings):
    """Past meetings that are no visits: a visit counts when it is done, and once."""

    def select(self, ids=None):
        return SQL(
            """
            SELECT past.* FROM (%s) AS past
             WHERE NOT EXISTS (
                   SELECT FROM sales_visit v WHERE v.event_id = past.res_id)
            """,
            super().select(ids),
        )
