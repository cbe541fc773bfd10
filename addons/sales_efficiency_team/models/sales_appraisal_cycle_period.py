# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine import find_period
from .sales_appraisal_template import RHYTHMS

LENGTHS = {"month": 1, "quarter": 3, "year": 12}


class SalesAppraisalCycle(models.Model):
    """Says for which month, quarter or year of the company a cycle is."""

    _inherit = "sales.appraisal.cycle"  # pylint: disable=consider-merging-classes-inherited

    rhythm = fields.Selection(selection=RHYTHMS, required=True, default="quarter")
    date_from = fields.Date(
        string="From",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_to = fields.Date(string="To", compute="_compute_date_to", store=True)

    _period_uniq = models.UniqueIndex(
        "(company_id, rhythm, date_from)",
        "This period has a cycle already. Add people to it instead.",
    )

    @api.depends("rhythm", "company_id")
    def _compute_date_from(self):
        for cycle in self:
            company = cycle.company_id or self.env.company
            today = company._get_sales_today()
            cycle.date_from = cycle._get_period_of(today).start

    @api.depends("rhythm", "date_from")
    def _compute_date_to(self):
        for cycle in self:
            cycle.date_to = cycle.date_from and cycle.date_from + relativedelta(
                months=LENGTHS[cycle.rhythm], days=-1
            )

    @api.constrains("rhythm", "date_from", "company_id")
    def _check_period(self):
        for cycle in self:
            period = cycle._get_period_of(cycle.date_from)
            if period != cycle._get_period():
                raise ValidationError(
                    self.env._(
                        "A cycle begins on the first day of a month, a quarter or a"
                        " year of the company, e.g. %s.",
                        format_date(self.env, period.start),
                    )
                )
            overlapping = self.sudo().search_count(  # sudo: whether there is one.
                [
                    ("id", "!=", cycle.id),
                    ("company_id", "=", cycle.company_id.id),
                    ("rhythm", "=", cycle.rhythm),
                    ("date_from", "<=", cycle.date_to),
                    ("date_to", ">=", cycle.date_from),
                ]
            )
            if overlapping:
                raise ValidationError(
                    self.env._(
                        "%s overlaps with another cycle of the same rhythm. Nobody is"
                        " appraised twice for the same time.",
                        cycle.display_name,
                    )
                )

    def _get_period_of(self, day):
        """:return: the :class:`Period` of the cycle's rhythm with a day"""
        return find_period(self.rhythm, day, self.company_id or self.env.company)

    def _get_period(self):
        return Period(self.date_from, self.date_to)
