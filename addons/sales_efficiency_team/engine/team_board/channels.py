# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo.fields import Domain

from ..section import ChartSection

# Channels with most applicants; the others are one click away
LENGTH = 8


class Channels(ChartSection):
    """From applicants to those hired, by channel, in the last twelve months."""

    key = "channels"
    action = "sales_efficiency_team.sales_recruitment_channel_report_action"

    def is_visible(self):
        report = self.env["sales.recruitment.channel.report"]
        return report.has_access("read") and bool(self._rows)

    def get_title(self):
        return self.env._("Recruitment by Channel")

    def get_data(self):
        rows = self._rows
        names = [source.name or self.env._("No channel") for source, *_counts in rows]
        applicants, interviewed, hired = zip(*(row[1:] for row in rows), strict=True)
        return {
            "type": "bar",
            "labels": names,
            "datasets": [
                {"label": self.env._("Applicants"), "data": applicants},
                {"label": self.env._("Interviewed"), "data": interviewed},
                {"label": self.env._("Hired"), "data": hired},
            ],
            "note": self.env._("Applications of the last twelve months"),
            "domain": list(self._get_domain()),
        }

    def _get_domain(self):
        domain = Domain("company_id", "=", self.page.company.id)
        start = self.page.today - relativedelta(years=1)
        return domain & Domain("date", ">=", start)

    @cached_property
    def _rows(self):
        return self.env["sales.recruitment.channel.report"]._read_group(
            self._get_domain() & Domain("applicants", ">", 0),
            ["source_id"],
            ["applicants:sum", "interviewed:sum", "hired:sum"],
            order="applicants:sum DESC, source_id",
            limit=LENGTH,
        )
