# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from .spans import subtract


class GradeMerge:
    """Joins the grades of duplicate customers: each day keeps one grade.

    Days on which the remaining customer had a grade keep it. The others take that of
    the duplicate, whose own periods stay as they were, archived.

    :param customers: ``res.partner`` records to be merged
    :param remaining: the one that is left
    """

    def __init__(self, customers, remaining):
        # sudo: users who merge contacts may lack access to grades.
        self.env = remaining.sudo().env
        self._customers = customers - remaining
        self._remaining = remaining

    def merge(self):
        periods = self.env["sales.customer.grade"].search(
            [("partner_id", "in", (self._customers | self._remaining).ids)],
            order="date_from, id",
        )
        for company, own in periods.grouped("company_id").items():
            self._merge_periods(own)
            self._write_grade(company)

    def _merge_periods(self, periods):
        kept = periods.filtered(lambda p: p.partner_id == self._remaining)
        taken = [(period.date_from, period.date_to) for period in kept]
        for period in periods - kept:
            parts = subtract((period.date_from, period.date_to), taken)
            period.active = False
            period.flush_recordset()
            for start, end in parts:
                period.copy(
                    {
                        "partner_id": self._remaining.id,
                        "date_from": start,
                        "date_to": end,
                        "active": True,
                    }
                )
            taken = sorted([*taken, *parts], key=lambda p: (p[0], p[1] or date.max))

    def _write_grade(self, company):
        """Give the remaining customer the grade of today: Odoo would copy any."""
        grade = self.env["sales.customer.grade"]._get_grades(
            self._remaining, company._get_sales_today(), company
        )[self._remaining]
        self._remaining.sudo().with_company(company).sales_grade_id = grade

    def begin_overrides(self):
        """Let overrides of the duplicates hold for the remaining customer today."""
        overrides = self.env["sales.grade.override"].search(
            [("partner_id", "=", self._remaining.id), ("state", "=", "approved")]
        )
        for override in overrides:
            override._follow()

    def merge_overrides(self):
        """Cancel what would override the same days twice; move the others."""
        overrides = self.env["sales.grade.override"].search(
            [
                ("partner_id", "in", (self._customers | self._remaining).ids),
                ("state", "in", ("submitted", "approved")),
            ]
        )
        # That of the remaining customer comes first.
        ordered = overrides.sorted(lambda o: (o.partner_id != self._remaining, o.id))
        kept = overrides.browse()
        for override in ordered:
            if kept.filtered(override._overlaps):
                override._cancel_merged(self._remaining)
            else:
                kept |= override
        moved = kept.filtered(lambda o: o.partner_id != self._remaining)
        moved.with_context(skip_validation_check=True).partner_id = self._remaining
        self.env.flush_all()
