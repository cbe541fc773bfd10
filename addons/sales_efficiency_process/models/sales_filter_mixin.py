# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import read_domain, try_domain


class SalesFilterMixin(models.AbstractModel):
    """A rule about the records that its filter finds.

    Rules hold for everybody: what a filter finds does not depend on who asks. But its
    author may only name fields that they may read.
    """

    _name = "sales.filter.mixin"
    _description = "Rule with a Filter"
    # The model whose records the filter finds
    _filter_model = None

    domain = fields.Char(string="Filter", default="[]")

    @api.constrains("domain")
    def _check_domain(self):
        # As the user: Odoo checks constraints with all rights.
        records = self.env[self._filter_model].sudo(False)
        for rule in self:
            try:
                try_domain(records, read_domain(rule.domain))
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The filter of %(rule)s is not valid: %(error)s",
                        rule=rule.display_name,
                        error=error,
                    )
                ) from error

    def _find(self, records):
        """:return: those records that the rule is about, with all rights; none if its
        filter names a field that has gone"""
        self.ensure_one()
        # sudo: see the class
        records = records._origin.sudo().with_context(active_test=False)
        if not records:
            return records
        if self.company_id:
            records = records.with_company(self.company_id)
        try:
            domain = read_domain(self.domain)
            return records.search(domain & Domain("id", "in", records.ids))
        except (KeyError, ValueError):
            return records.browse()
