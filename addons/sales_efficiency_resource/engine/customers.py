# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


class Customers:
    """Says who is a customer of a company: files, classes, grades, service policies and
    duplicates all ask here.

    The customer is the commercial partner, whichever of its contacts is named. Archived
    ones are customers as well; where they are left out, the caller says so.

    :param company: ``res.company``
    """

    def __init__(self, company):
        self._company = company
        # sudo: only for the names of columns
        self._partners = company.env["res.partner"].sudo().with_company(company)

    def sql_is_outside(self, alias):
        """Return the condition that somebody may be a customer: neither a company of
        ours nor a colleague, and not only of another company.

        :param str alias: alias of ``res_partner``
        """
        return SQL(
            """
            (%(partner)s.commercial_partner_id = %(partner)s.id
             AND %(partner)s.partner_share
             AND COALESCE(%(partner)s.company_id, %(company)s) = %(company)s
             AND %(partner)s.id NOT IN (SELECT partner_id FROM res_company))
            """,
            partner=SQL.identifier(alias),
            company=self._company.id,
        )

    def sql_is_customer(self, alias):
        """Return the condition that somebody is a customer: there are figures of it, it
        has a salesperson who works in the company, or a grade or a class by hand."""
        return SQL(
            """
            (%(is_outside)s
             AND (EXISTS (SELECT FROM res_company_users_rel
                           WHERE user_id = %(partner)s.user_id AND cid = %(company)s)
                  OR %(grade)s IS NOT NULL
                  OR (%(is_manual)s AND %(class)s IS NOT NULL)
                  OR EXISTS (SELECT FROM sales_fact
                              WHERE partner_id = %(partner)s.id
                                AND company_id = %(company)s)))
            """,
            is_outside=self.sql_is_outside(alias),
            partner=SQL.identifier(alias),
            company=self._company.id,
            **{
                key: self._partners._field_to_sql(alias, name)
                for key, name in (
                    ("grade", "sales_grade_id"),
                    ("class", "sales_class_id"),
                    ("is_manual", "sales_class_manual"),
                )
            },
        )
