# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL, format_amount

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from .funnel import get_day
from .opportunities import Opportunities, SeenPeople

LENGTH = 5


class WaitsPanel(Panel):
    """The opportunities of the chosen scope that have been in their stage for the
    longest time."""

    key = "stage_waits"

    def is_visible(self):
        return self.env["sales.stage.report"].has_access("read")

    def get_data(self):
        rows = {row["id"]: row for row in self._read()}
        leads = self.env["crm.lead"].browse(rows)._filtered_access("read")
        return {
            "is_own": self.choice.scope == "my",
            "rows": [self._describe(lead, rows[lead.id]) for lead in leads],
        }

    def _read(self):
        """:return: list of dicts with the id of an opportunity and its figures"""
        self.env["crm.lead"].flush_model()
        company = self.choice.company
        opportunities = Opportunities(
            self.env, self.choice.figures_scope, SeenPeople(self.env)
        )
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT o.id, o.money, %(today)s - %(entered_on)s AS days
                  FROM (%(opportunities)s) AS o
                  JOIN sales_stage_history AS h
                    ON h.lead_id = o.id AND h.left_at IS NULL
                  JOIN crm_stage AS s ON s.id = h.stage_id AND s.is_won IS NOT TRUE
                 WHERE h.entered_at IS NOT NULL
                 ORDER BY h.entered_at, o.id
                 LIMIT %(length)s
                """,
                today=self.choice.today,
                entered_on=get_day(SQL("h.entered_at"), company),
                opportunities=opportunities.sql(
                    {"money": SQL("COALESCE(l.expected_revenue, 0)")}
                ),
                length=LENGTH,
            )
        )

    def _describe(self, lead, row):
        currency = self.choice.company.currency_id
        return {
            "id": lead.id,
            "name": lead.display_name,
            "customer": lead.partner_id.display_name or "",
            "stage": lead.stage_id.display_name,
            "who": "" if self.choice.scope == "my" else lead.user_id.display_name or "",
            "money": format_amount(self.env, row["money"], currency),
            "days": row["days"],
        }
