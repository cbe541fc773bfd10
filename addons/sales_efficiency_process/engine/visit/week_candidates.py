# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_resource.engine import Customers

# Days without a contact after which a customer without service policy is worth a visit
QUIET = 60
# A quotation is worth a visit so many days before the week in which it expires.
AHEAD = timedelta(days=7)
# The same of a contract, from the day of its notice
RENEWAL = timedelta(days=30)


class WeekCandidates:
    """The reasons to visit a customer that there always are.

    Weights go from 0 to 100; what they consist of is said with each.

    :param VisitWeek week: the week
    """

    def __init__(self, week):
        self.env = week.env
        self._week = week

    def select_all(self):
        """:return: list of SELECTs, see ``_get_week_candidates`` of ``sales.visit``"""
        return [
            self.select_leads(),
            self.select_due(),
            self.select_quiet(),
            self.select_quotations(),
            self.select_contracts(),
            self.select_signatures(),
        ]

    def select_leads(self):
        """Return the open leads and opportunities of the person.

        Up to 40 by the rank of their value among all of them, and 10 for each star.
        """
        value = self.env["sales.visit"]._sql_lead_value("l")
        return SQL(
            """
            SELECT l.partner_id, 'lead'::text, l.value::numeric,
                   (40 * CUME_DIST() OVER (ORDER BY l.value) + 10 * l.stars)::numeric
              FROM (
                SELECT l.partner_id, %(value)s AS value,
                       CASE WHEN l.priority IN ('1', '2', '3') THEN l.priority::int
                            ELSE 0 END AS stars
                  FROM crm_lead l
                 WHERE l.active AND l.won_status = 'pending'
                   AND l.user_id = %(user)s
                   AND COALESCE(l.company_id, %(company)s) = %(company)s
                   AND l.partner_id IS NOT NULL) AS l
            """,
            value=value,
            **self._who,
        )

    def select_due(self):
        """Return the customers to contact by the end of the week, by their service
        policy: 20, and a half for each day that they are overdue, up to 50."""
        return SQL(
            """
            SELECT plan.partner_id, 'contact'::text, NULL::numeric,
                   (20 + 0.5 * LEAST(GREATEST(%(today)s - plan.next_date, 0), 60)
                   )::numeric
              FROM sales_contact_plan plan
             WHERE plan.user_id = %(user)s AND plan.company_id = %(company)s
               AND plan.next_date <= %(end)s
               AND COALESCE(plan.snoozed_until, plan.next_date) <= %(end)s
            """,
            today=self._week.today,
            end=self._week.end,
            **self._who,
        )

    def select_quiet(self):
        """Return the customers of the person without a service policy whom nobody has
        contacted for long: 10, and one for each ten days, up to 25."""
        customers = Customers(self._week.company)
        return SQL(
            """
            SELECT p.id, 'quiet'::text, NULL::numeric,
                   (10 + LEAST(COALESCE(%(today)s - contact.last, 150), 150) / 10.0
                   )::numeric
              FROM res_partner p
              LEFT JOIN LATERAL (
                SELECT MAX(c.date) AS last FROM sales_contact c
                 WHERE c.partner_id = p.id AND c.company_id = %(company)s) AS contact
                ON TRUE
             WHERE p.active AND p.user_id = %(user)s AND %(is_customer)s
               AND COALESCE(contact.last < %(before)s, TRUE)
               AND NOT EXISTS (
                   SELECT FROM sales_contact_plan plan
                    WHERE plan.partner_id = p.id AND plan.company_id = %(company)s)
            """,
            today=self._week.today,
            before=self._week.today - timedelta(days=QUIET),
            is_customer=customers.sql_is_customer("p"),
            **self._who,
        )

    def select_quotations(self):
        """Return the sent quotations of the person that expire in the week (50) or in
        the next one (30)."""
        return SQL(
            """
            SELECT o.partner_id, 'quotation'::text,
                   (o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)
                   )::numeric,
                   CASE WHEN o.validity_date <= %(end)s THEN 50 ELSE 30 END::numeric
              FROM sale_order o
             WHERE o.state = 'sent' AND o.user_id = %(user)s
               AND o.company_id = %(company)s
               AND o.validity_date BETWEEN %(today)s AND %(until)s
            """,
            today=self._week.today,
            end=self._week.end,
            until=self._week.end + AHEAD,
            **self._who,
        )

    def select_contracts(self):
        """Return the signed contracts of the person that are to be renewed or ended in
        the week (60) or within 30 days after it (40)."""
        return SQL(
            """
            SELECT a.partner_id, 'contract'::text,
                   CASE WHEN a.currency_id = company.currency_id
                        THEN a.contract_amount END::numeric,
                   CASE WHEN COALESCE(a.notice_date, a.end_date) <= %(end)s
                        THEN 60 ELSE 40 END::numeric
              FROM agreement a
              JOIN res_company company ON company.id = %(company)s
             WHERE a.active AND a.state = 'signed' AND a.domain = 'sale'
               AND a.is_template IS NOT TRUE AND a.user_id = %(user)s
               AND COALESCE(a.company_id, %(company)s) = %(company)s
               AND a.end_date >= %(today)s
               AND COALESCE(a.notice_date, a.end_date) <= %(until)s
               AND NOT EXISTS (
                   SELECT FROM agreement successor
                    WHERE successor.previous_id = a.id
                      AND successor.state <> 'cancelled')
            """,
            today=self._week.today,
            end=self._week.end,
            until=self._week.end + RENEWAL,
            **self._who,
        )

    def select_signatures(self):
        """Return the contracts of the person that are to be signed: 50 if they should
        be by the end of the week, else 30."""
        return SQL(
            """
            SELECT a.partner_id, 'signature'::text,
                   CASE WHEN a.currency_id = company.currency_id
                        THEN a.contract_amount END::numeric,
                   CASE WHEN a.sign_by <= %(end)s THEN 50 ELSE 30 END::numeric
              FROM agreement a
              JOIN res_company company ON company.id = %(company)s
             WHERE a.active AND a.state IN ('approved', 'sent') AND a.domain = 'sale'
               AND a.is_template IS NOT TRUE AND a.user_id = %(user)s
               AND COALESCE(a.company_id, %(company)s) = %(company)s
            """,
            end=self._week.end,
            **self._who,
        )

    @property
    def _who(self):
        return {"user": self._week.user.id, "company": self._week.company.id}
