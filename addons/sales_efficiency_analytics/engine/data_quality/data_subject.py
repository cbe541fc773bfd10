# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL


class DataSubject(NamedTuple):
    """A model whose records data rules can check."""

    model: str
    label: str
    source: str
    source_label: str
    #: stored field of the salesperson, if there is one
    user: str = ""
    #: stored field of the company, if there is one
    company: str = "company_id"
    #: function companies -> Domain: which records count as such at all
    restrict: object = None
    #: function (company, alias) -> SQL: whether a record of no company belongs to one
    belongs: object = None

    def get_domain(self, companies):
        """Return the domain of the records that any of the companies has."""
        domain = Domain.TRUE
        if self.restrict:
            domain &= self.restrict(companies)
        if self.company:
            domain &= Domain(self.company, "in", [False, *companies.ids])
        return domain

    def sql_company(self, companies, alias, column):
        """Return the company of a record; one of no company is of the only company to
        which it belongs.

        :param SQL column: the field of the company
        """
        if not self.belongs or len(companies) < 2:
            return column
        owners = SQL(", ").join(
            SQL("CASE WHEN %s THEN %s END", self.belongs(company, alias), company.id)
            for company in companies
        )
        return SQL(
            "COALESCE(%s, (SELECT CASE COUNT(id) WHEN 1 THEN MAX(id) END"
            " FROM UNNEST(ARRAY[%s]) AS owner (id)))",
            column,
            owners,
        )
