# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .stage_triggers import get_place, get_start


class TrackedStays:
    """Writes the stays of opportunities without any, from what Odoo has tracked.

    Odoo tracks the stage and the salesperson, unless an import or plain SQL changed
    them. The last stay is in the stage that the opportunity has now.

    :param env: environment
    """

    def __init__(self, env):
        self.env = env

    def fill(self):
        """:return: number of stays written"""
        self.env.flush_all()
        self.env.cr.execute(self._sql())
        return self.env.cr.rowcount

    def _sql(self):
        lead = SQL("l")
        return SQL(
            """
            WITH opportunity AS MATERIALIZED (
                SELECT l.id, l.stage_id, (%(place)s) IS NOT NULL AS is_open,
                       %(start)s AS begun,
                       COALESCE(l.date_closed, l.date_last_stage_update, l.write_date)
                           AS closed
                  FROM crm_lead l
                  JOIN crm_stage s ON s.id = l.stage_id
                 WHERE l.type = 'opportunity'
                   AND NOT EXISTS (SELECT FROM sales_stage_history h
                                    WHERE h.lead_id = l.id)
            ), tracked AS MATERIALIZED (
                SELECT m.res_id AS lead_id, v.id, f.name AS field,
                       v.create_date AS moment,
                       v.old_value_integer AS old_id, v.old_value_char AS old_name,
                       v.new_value_integer AS new_id, v.new_value_char AS new_name
                  FROM mail_tracking_value v
                  JOIN mail_message m ON m.id = v.mail_message_id
                   AND m.model = 'crm.lead'
                  JOIN opportunity o ON o.id = m.res_id
                  JOIN ir_model_fields f ON f.id = v.field_id
                   AND f.model = 'crm.lead' AND f.name IN ('stage_id', 'user_id')
            ), change AS (
                SELECT t.*, ROW_NUMBER() OVER (PARTITION BY lead_id ORDER BY id)
                           AS number
                  FROM tracked t
                 WHERE field = 'stage_id'
            ), entry AS (
                SELECT o.id AS lead_id, 0 AS number, c.old_id AS stage_id,
                       c.old_name AS name, LEAST(o.begun, c.moment) AS moment
                  FROM opportunity o
                  LEFT JOIN change c ON c.lead_id = o.id AND c.number = 1
                 UNION ALL
                SELECT lead_id, number, new_id, new_name, moment FROM change
            ), stay AS (
                SELECT e.*, LEAD(moment) OVER w AS next,
                       LEAD(number) OVER w IS NULL AS is_last
                  FROM entry e
                WINDOW w AS (PARTITION BY lead_id ORDER BY number)
            )
            INSERT INTO sales_stage_history (lead_id, stage_id, stage_name, entered_at,
                   left_at, hand_over_count)
            SELECT stay.lead_id, s.id,
                   CASE WHEN s.id IS NULL
                        THEN jsonb_build_object('en_US', stay.name) END,
                   stay.moment,
                   CASE WHEN NOT (stay.is_last AND o.is_open)
                        THEN GREATEST(stay.moment, COALESCE(stay.next, o.closed)) END,
                   (SELECT COUNT(*) FROM tracked u
                     WHERE u.lead_id = stay.lead_id AND u.field = 'user_id'
                       AND u.old_id <> u.new_id AND u.old_id <> 0 AND u.new_id <> 0
                       AND u.moment >= stay.moment
                       AND (stay.next IS NULL OR u.moment < stay.next))
              FROM stay
              JOIN opportunity o ON o.id = stay.lead_id
              LEFT JOIN crm_stage s
                ON s.id = CASE WHEN stay.is_last THEN o.stage_id ELSE stay.stage_id END
             WHERE s.id IS NOT NULL OR stay.name <> ''
             ORDER BY stay.lead_id, stay.number
            """,
            place=get_place(lead),
            start=get_start(
                lead,
                SQL("(now() AT TIME ZONE 'UTC')"),
                SQL("COALESCE(s.is_won, FALSE)"),
            ),
        )
