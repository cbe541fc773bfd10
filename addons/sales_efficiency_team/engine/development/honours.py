# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_date

from ..section import ListSection


class Honours(ListSection):
    """Elections that the person has won, alone or with a team."""

    key = "honours"
    action = "sales_efficiency_team.sales_honour_fame_action"
    length = 4

    def is_visible(self):
        nominees = self.env["sales.honour.nominee"]
        return nominees.has_access("read") and bool(
            nominees.search_count(self.get_domain(), limit=1)
        )

    def get_title(self):
        return self.env._("My Honours")

    def get_empty(self):
        return ""

    def get_domain(self):
        return [
            ("is_winner", "=", True),
            ("honour_id.state", "=", "published"),
            ("company_id", "=", self.page.company.id),
            ("member_ids", "in", self.env.uid),
        ]

    def get_count(self):
        return self.env["sales.honour.nominee"].search_count(self.get_domain())

    def get_rows(self):
        nominees = self.env["sales.honour.nominee"].search(
            self.get_domain(), limit=self.length
        )
        return [
            {
                "id": nominee.id,
                "name": nominee.honour_id.name,
                "detail": " · ".join(
                    [nominee.name, format_date(self.env, nominee.date_to)]
                ),
                "action": False,
            }
            for nominee in nominees
        ]
