# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tools import SQL, format_date


class ContactToDos:
    """Gives people the to-dos of customers to contact, and takes them back.

    A customer has one open to-do at most, see the unique index of ``mail.activity``.
    A person gets so many new ones a day as the settings say, whatever the number of
    companies that it works in: first the best grades, then the most overdue.

    :param companies: the companies
    """

    def __init__(self, companies):
        self._companies = companies
        self.env = companies.env
        self._days = {company: company._get_sales_today() for company in companies}

    def drop_obsolete(self, partner_ids=None):
        """Delete the to-dos of customers that have been contacted, are snoozed or are
        looked after by somebody else.

        :param partner_ids: customers to restrict it to; None for all
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT a.id
                  FROM mail_activity a
                  JOIN sales_contact_plan plan ON plan.id = a.sales_contact_plan_id
                  JOIN %(days)s ON day.company_id = plan.company_id
                 WHERE a.active
                   AND (plan.next_date > day.today OR plan.snoozed_until > day.today
                        OR plan.user_id IS DISTINCT FROM a.user_id)
                   AND %(where)s
                """,
                days=self._sql_days(),
                where=SQL("TRUE")
                if partner_ids is None
                else SQL("plan.partner_id = ANY(%s)", list(partner_ids)),
            )
        )
        # sudo: to-dos of others are obsolete too.
        self.env["mail.activity"].sudo().browse(row[0] for row in rows).unlink()

    def find(self):
        """:return: the ids of the plans that get a to-do today, most urgent first"""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM (%s) AS candidate
                 WHERE place + given <= most ORDER BY place, id
                """,
                self._sql_candidates(),
            )
        )
        return [row[0] for row in rows]

    def _sql_candidates(self):
        return SQL(
            """
            SELECT plan.id, day.most,
                   ROW_NUMBER() OVER (
                       PARTITION BY plan.user_id
                       ORDER BY grade.threshold DESC NULLS LAST, plan.next_date,
                                plan.id) AS place,
                   COALESCE(asked.given, 0) AS given
              FROM sales_contact_plan plan
              JOIN %(days)s ON day.company_id = plan.company_id
              JOIN res_users u ON u.id = plan.user_id AND u.active
              LEFT JOIN sales_grade grade ON grade.id = plan.grade_id
              LEFT JOIN (
                SELECT plan.asked_user_id, COUNT(*) AS given
                  FROM sales_contact_plan plan
                  JOIN %(days)s ON day.company_id = plan.company_id
                 WHERE plan.asked_date = day.today
                 GROUP BY plan.asked_user_id) AS asked
                ON asked.asked_user_id = plan.user_id
             WHERE plan.next_date <= day.today
               AND COALESCE(plan.snoozed_until, plan.next_date) <= day.today
               AND plan.asked_date IS DISTINCT FROM day.today
               AND NOT EXISTS (
                   SELECT FROM mail_activity a
                    WHERE a.sales_contact_plan_id = plan.id AND a.active)
            """,
            days=self._sql_days(),
        )

    def _sql_days(self):
        """Return the FROM item of the companies with their day and limit."""
        return SQL(
            "unnest(%s::int[], %s::date[], %s::int[]) AS day (company_id, today, most)",
            self._companies.ids,
            list(self._days.values()),
            self._companies.mapped("sales_contact_limit"),
        )

    def give(self, ids):
        """Create the to-dos of some plans, in the languages of their people.

        Plans that another transaction works on are left to it, and so are customers
        who have been contacted or put off since they were found.
        """
        plans = self.env["sales.contact.plan"].browse(ids).try_lock_for_update()
        plans = self._filter_due(plans)
        # Without an e-mail for each
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create([self._prepare(plan) for plan in plans])
        for plan in plans:
            plan.asked_date = self._days[plan.company_id]
            plan.asked_user_id = plan.user_id
        return plans

    def _filter_due(self, plans):
        """Return those of the locked plans that still wait for a to-do."""
        plans.invalidate_recordset()
        # sudo: to-dos of others count too.
        to_dos = self.env["mail.activity"].sudo()
        open_ = to_dos.search([("sales_contact_plan_id", "in", plans.ids)])
        return (plans - open_.sales_contact_plan_id.sudo(False)).filtered(
            lambda plan: (
                plan.user_id.active
                and plan.asked_date != self._days[plan.company_id]
                and plan.filtered_domain(
                    plan._get_due_domain(self._days[plan.company_id])
                )
            )
        )

    def _prepare(self, plan):
        user = plan.user_id
        texts = plan.with_context(lang=user.lang, tz=user.tz)
        activities = self.env["mail.activity"]
        return activities._prepare_sales_to_do(
            plan.partner_id,
            user,
            "mail.mail_activity_data_call",
            **self._describe(texts),
            date_deadline=fields.Date.to_string(plan.next_date),
            sales_contact_plan_id=plan.id,
        ) | {"activity_type_id": plan.policy_id.activity_type_id.id}

    def _describe(self, plan):
        env = plan.env
        if plan.last_date:
            summary = env._(
                "Keep in touch: last contact on %s", format_date(env, plan.last_date)
            )
        else:
            summary = env._("Keep in touch: no contact so far")
        return {"summary": summary, "note": plan.policy_id.strategy or False}
