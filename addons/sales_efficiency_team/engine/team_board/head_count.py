# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import (
    SHORT_MONTH,
    Period,
    format_period,
)

from ..section import ChartSection


class HeadCount(ChartSection):
    """The people that there are, beside those of the approved staffing plan."""

    key = "head_count"
    action = "sales_efficiency_team.sales_staffing_report_action"

    def is_visible(self):
        report = self.env["sales.staffing.report"]
        return report.has_access("read") and bool(self._rows)

    def get_title(self):
        return self.env._("Head Count against Plan")

    def get_data(self):
        return {
            "type": "line",
            "labels": [
                format_period(self.env, month, SHORT_MONTH)
                for month, _planned, _actual in self._rows
            ],
            "datasets": [
                {
                    "label": self.env._("Actual"),
                    # Months to come have none.
                    "data": [
                        None if actual is False else actual
                        for _month, _planned, actual in self._rows
                    ],
                },
                {
                    "label": self.env._("Planned"),
                    "data": [planned for _month, planned, _actual in self._rows],
                    "is_plan": True,
                },
            ],
            "domain": list(self._get_domain()),
        }

    def _get_domain(self):
        year = Period.year(self.page.today, self.page.company)
        domain = self.page.get_domain() & Domain("month", ">=", year.start)
        return domain & Domain("month", "<=", year.end)

    @cached_property
    def _rows(self):
        return self.env["sales.staffing.report"]._read_group(
            self._get_domain(), ["month:month"], ["planned:sum", "actual:sum"]
        )
