# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from ..customers import Customers


class PolicyMatch:
    """Finds the service policy of each customer of a company (policy 5.1.1).

    The most specific one wins: that for class and grade, then for the class, then for
    the grade, then that for all.

    :param company: the company, whose classes and grades count
    """

    def __init__(self, company):
        self._company = company
        # sudo: classes and grades only decide which policy applies.
        self._partners = company.env["res.partner"].sudo().with_company(company)

    def select(self, partner_ids=None, customers_only=True):
        """Return the SELECT of ``partner_id``, ``policy_id``, ``class_id`` and
        ``grade_id``, of commercial partners.

        :param partner_ids: partners to restrict it to; None for all
        :param customers_only: whether those who are no customers, or archived, are
            left out
        """
        return SQL(
            """
            WITH customer AS MATERIALIZED (%(partners)s)
            SELECT DISTINCT ON (customer.partner_id)
                   customer.partner_id, policy.id AS policy_id,
                   customer.class_id, customer.grade_id
              FROM customer
              JOIN sales_service_policy policy
                ON policy.company_id = %(company)s
               AND policy.active
               AND (policy.class_id IS NULL OR policy.class_id = customer.class_id)
               AND (policy.grade_id IS NULL OR policy.grade_id = customer.grade_id)
             ORDER BY customer.partner_id, policy.class_id NULLS LAST,
                      policy.grade_id NULLS LAST
            """,
            partners=self._sql_partners(partner_ids, customers_only),
            company=self._company.id,
        )

    def find(self, partners):
        """:return: dict id of a partner -> id of its policy"""
        partners.env.flush_all()
        return {
            partner_id: policy_id
            for partner_id, policy_id, _class_id, _grade_id in (
                partners.env.execute_query(
                    self.select(partners.ids, customers_only=False)
                )
            )
        }

    def _sql_partners(self, partner_ids, customers_only):
        """Return the SELECT of partners, with their class and grade.

        Both are read from JSON and looked up: once, not for each policy.
        """
        conditions = [SQL("p.commercial_partner_id = p.id")]
        if partner_ids is not None:
            conditions.append(SQL("p.id = ANY(%s)", list(partner_ids)))
        if customers_only:
            conditions.append(SQL("p.active"))
            conditions.append(Customers(self._company).sql_is_customer("p"))
        class_, grade = (
            self._partners._field_to_sql("p", name)
            for name in ("sales_class_id", "sales_grade_id")
        )
        return SQL(
            """
            SELECT p.id AS partner_id, %(class_)s AS class_id, %(grade)s AS grade_id
              FROM res_partner p
             WHERE %(conditions)s
            """,
            class_=class_,
            grade=grade,
            conditions=SQL(" AND ").join(conditions),
        )
