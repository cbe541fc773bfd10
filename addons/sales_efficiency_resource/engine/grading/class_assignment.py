# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import read_domain

from ..customers import Customers


class ClassAssignment:
    """Gives the customers of a company the class of the first rule that they match.

    Classes set by hand stay. The number of queries depends on that of rules only.

    :param company: ``res.company`` whose classes of customers are assigned
    """

    def __init__(self, company):
        # sudo: the rules hold for all customers, whoever starts this.
        self.env = company.with_company(company).sudo().env
        self._company = company
        self._partners = self.env["res.partner"].with_context(
            allowed_company_ids=company.ids
        )

    def assign(self):
        """:return: the number of customers whose class has changed"""
        self._partners.flush_model(
            ["active", "company_id", "sales_class_id", "sales_class_manual"]
        )
        changed = self.env.execute_query(
            SQL(
                """
                UPDATE res_partner
                   SET sales_class_id = CASE
                       WHEN ruled.class_id IS NULL
                       THEN res_partner.sales_class_id - %(key)s::text
                       ELSE COALESCE(res_partner.sales_class_id, '{}')
                            || jsonb_build_object(%(key)s::text, ruled.class_id) END
                  FROM (%(ruled)s) AS ruled
                 WHERE res_partner.id = ruled.id
                RETURNING res_partner.id
                """,
                key=str(self._company.id),
                ruled=self._sql_ruled(),
            )
        )
        self._partners.invalidate_model(["sales_class_id"])
        return len(changed)

    def _sql_ruled(self):
        """Return the SELECT of the customers whose class changes, and the new one."""
        return SQL(
            """
            SELECT * FROM (
                SELECT partner.id, %(present)s AS present_id, %(rule)s AS class_id
                  FROM res_partner AS partner
                 WHERE partner.active AND %(is_outside)s
                   AND %(manual)s IS NOT TRUE) AS customer
             WHERE present_id IS DISTINCT FROM class_id
            """,
            present=self._partners._field_to_sql("partner", "sales_class_id"),
            manual=self._partners._field_to_sql("partner", "sales_class_manual"),
            rule=self._sql_rule(),
            is_outside=Customers(self._company).sql_is_outside("partner"),
        )

    def _sql_rule(self):
        """Return the id of the first class whose filter finds the customer."""
        cases = [
            SQL(
                "WHEN partner.id IN %s THEN %s",
                self._partners._search(read_domain(class_.domain)).subselect(),
                class_.id,
            )
            for class_ in self.env["sales.customer.class"].search(
                [
                    ("is_automatic", "=", True),
                    ("company_id", "in", (False, self._company.id)),
                ]
            )
        ]
        if not cases:
            return SQL("NULL::int")
        return SQL("CASE %s END", SQL(" ").join(cases))
