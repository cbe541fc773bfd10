# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch


class SalesFactSourceMailing(models.AbstractModel):
    """What mailings reach: how many mails were sent, opened and clicked (policy 6.1.1).

    One figure a day of each, however many recipients a mailing has; tests do not count.
    A mailing has no company: it is that of its responsible.
    """

    _name = "sales.fact.source.mailing"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Mailings"
    _code = "mailing"
    _title = "Mailings"
    _subject = "marketing"
    _summary = "Mails of mailings that were sent, opened and clicked, on their day."
    _sequence = 90
    _document = "mailing.mailing"
    _origin = "mailing_mailing"
    _watches = [
        Watch(
            table="mailing_trace",
            origin="mailing_mailing",
            key="mass_mailing_id",
            columns=(
                "mass_mailing_id",
                "is_test_trace",
                "sent_datetime",
                "open_datetime",
                "links_click_datetime",
            ),
        ),
        Watch(
            table="mailing_mailing",
            origin="mailing_mailing",
            key="id",
            columns=("user_id", "campaign_id", "source_id", "medium_id"),
        ),
    ]

    def _get_label(self):
        return self.env._("Mailing")

    def _get_events(self):
        return {
            "mail_sent": self.env._("Mails sent"),
            "mail_opened": self.env._("Mails opened"),
            "mail_clicked": self.env._("Mails clicked"),
        }

    def _get_expansions(self):
        return {
            "res_company": "SELECT id FROM mailing_mailing WHERE %(ids)s IS NOT NULL",
            "res_users": """
                SELECT id FROM mailing_mailing
                 WHERE COALESCE(user_id, create_uid) = ANY(%(ids)s)
            """,
        }

    def _get_columns(self):
        return {
            "event": SQL("mails.event"),
            "date": SQL("mails.date"),
            "company_id": SQL("c.id"),
            "currency_id": SQL("c.currency_id"),
            "user_id": SQL("m.user_id"),
            "campaign_id": SQL("m.campaign_id"),
            "utm_source_id": SQL("m.source_id"),
            "utm_medium_id": SQL("m.medium_id"),
            "amount": SQL("0"),
            "quantity": SQL("mails.number"),
            "res_id": SQL("m.id"),
            "line_id": SQL("mails.date - DATE '2000-01-01'"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            mailing_mailing m
            JOIN res_users responsible ON responsible.id = COALESCE(
                m.user_id, m.create_uid
            )
            JOIN res_company c ON c.id = responsible.company_id
            CROSS JOIN LATERAL (
                SELECT e.event, COUNT(*) AS number,
                       (e.moment AT TIME ZONE 'UTC' AT TIME ZONE c.sales_tz)::date
                           AS date
                  FROM mailing_trace t
                 CROSS JOIN LATERAL (VALUES
                       ('mail_sent', t.sent_datetime),
                       ('mail_opened', t.open_datetime),
                       ('mail_clicked', t.links_click_datetime)
                 ) AS e (event, moment)
                 WHERE t.mass_mailing_id = m.id AND e.moment IS NOT NULL
                   AND t.is_test_trace IS NOT TRUE
                 GROUP BY 1, 3
            ) mails
            WHERE %s
            """,
            SQL("TRUE") if ids is None else SQL("m.id = ANY(%s)", ids),
        )
