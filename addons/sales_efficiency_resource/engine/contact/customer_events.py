# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

KINDS = ("contact", "mail", "order", "invoice", "rating")


class CustomerEvents:
    """The SELECT of what happened with customers, of what the user may read.

    :param env: environment of the user
    """

    def __init__(self, env):
        self.env = env

    def select(self):
        parts = {
            "contact": self._of("sales.contact", self._select_contacts),
            "mail": self._select_mails(),
            "order": self._of("sale.order", self._select_orders),
            "invoice": self._of("account.move", self._select_invoices),
            "rating": self._of("rating.rating", self._select_ratings),
        }
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT event.id::bigint * %(kinds)s + %(number)s AS id,
                       %(kind)s AS kind, event.date, event.res_model, event.res_id,
                       p.commercial_partner_id AS partner_id,
                       event.company_id, event.user_id, event.name, event.amount,
                       event.currency_id
                  FROM (%(part)s) AS event (
                       id, date, res_model, res_id, partner_id, company_id, user_id,
                       name, amount, currency_id)
                  JOIN res_partner p ON p.id = event.partner_id
                """,
                kinds=len(KINDS),
                number=KINDS.index(kind),
                kind=kind,
                part=part,
            )
            for kind, part in parts.items()
        )

    def _of(self, model, select):
        return select(self._readable(model))

    def _readable(self, model):
        """:return: condition in SQL that the user may read record ``d`` of the model"""
        records = self.env[model].with_context(active_test=False)
        if self.env.su:
            return SQL("TRUE")
        if not records.has_access("read"):
            return SQL("FALSE")
        return SQL("d.id IN %s", records._search([]).subselect())

    def _noon(self, name):
        """:return: the moment, in UTC, of a day of the company, in SQL"""
        return SQL(
            "(%s + time '12:00') AT TIME ZONE company.sales_tz AT TIME ZONE 'UTC'",
            SQL.identifier("d", name),
        )

    def _select_contacts(self, readable):
        return SQL(
            """
            SELECT d.id, %(noon)s, 'sales.contact', d.id, d.partner_id,
                   d.company_id, d.user_id,
                   COALESCE(t.name ->> %(lang)s, t.name ->> 'en_US'), NULL::numeric,
                   NULL::int
              FROM sales_contact d
              JOIN res_company company ON company.id = d.company_id
              LEFT JOIN mail_activity_type t ON t.id = d.activity_type_id
             WHERE %(readable)s
            """,
            noon=self._noon("date"),
            lang=self.env.lang or "en_US",
            readable=readable,
        )

    def _select_mails(self):
        """Return the SELECT of e-mails and messages to customers, also on their
        opportunities and orders. Internal notes are none."""
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT m.id, m.date, %(model)s, d.id, %(partner)s, %(company)s,
                       NULL::int,
                       COALESCE(NULLIF(m.subject, ''), NULLIF(LEFT(BTRIM(
                           regexp_replace(m.body, '(<[^>]*>|[[:space:]])+', ' ', 'g')
                       ), 80), ''), m.email_from),
                       NULL::numeric, NULL::int
                  FROM mail_message m
                  JOIN %(table)s d ON d.id = m.res_id
                 WHERE m.model = %(model)s
                   AND m.is_internal IS NOT TRUE
                   AND (m.message_type IN ('email', 'email_outgoing')
                        OR (m.message_type = 'comment' AND m.subtype_id = %(comment)s))
                   AND %(readable)s
                """,
                model=model,
                table=SQL.identifier(self.env[model]._table),
                partner=SQL("d.id" if model == "res.partner" else "d.partner_id"),
                company=SQL("d.company_id"),
                comment=self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
                readable=self._readable(model),
            )
            for model in ("res.partner", "crm.lead", "sale.order")
        )

    def _select_orders(self, readable):
        return SQL(
            """
            SELECT d.id, d.date_order, 'sale.order', d.id, d.partner_id, d.company_id,
                   d.user_id, d.name, d.amount_untaxed, d.currency_id
              FROM sale_order d
             WHERE d.state = 'sale' AND %s
            """,
            readable,
        )

    def _select_invoices(self, readable):
        return SQL(
            """
            SELECT d.id, %(noon)s, 'account.move', d.id,
                   d.partner_id, d.company_id, d.invoice_user_id, d.name,
                   CASE d.move_type WHEN 'out_refund' THEN -d.amount_untaxed
                        ELSE d.amount_untaxed END,
                   d.currency_id
              FROM account_move d
              JOIN res_company company ON company.id = d.company_id
             WHERE d.move_type IN ('out_invoice', 'out_refund')
               AND d.state = 'posted' AND %(readable)s
            """,
            noon=self._noon("invoice_date"),
            readable=readable,
        )

    def _select_ratings(self, readable):
        return SQL(
            """
            SELECT d.id, COALESCE(d.rated_on, d.write_date), 'rating.rating', d.id,
                   d.partner_id, NULL::int, NULL::int,
                   COALESCE(NULLIF(d.feedback, ''), d.res_name), NULL::numeric,
                   NULL::int
              FROM rating_rating d
             WHERE d.consumed AND %s
            """,
            readable,
        )
