# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(date(2026, m, 1)) for m in (9, 10, 11))


class PipelineCommon(SalesTargetCommon):
    """Opportunities of a company without others, and snapshots taken on some day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leads = cls.env["crm.lead"].with_context(active_test=False)
        leads.search([]).unlink()
        cls.snapshots = cls.env["sales.pipeline.snapshot"]
        cls.snapshots.search([]).unlink()
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _open(cls, amount, due, day="2026-08-03", user=None, **values):
        """Open an opportunity that is to close on a day, at 50 %."""
        return cls.env["crm.lead"].create(
            {
                "name": f"Deal of {amount}",
                "type": "opportunity",
                "company_id": cls.company.id,
                "user_id": (user or cls.salesperson).id,
                "team_id": cls.team_field.id,
                "expected_revenue": amount,
                "probability": 50,
                "date_deadline": due,
                "sales_opened_date": day,
                **values,
            }
        )

    @classmethod
    def _win(cls, lead, day):
        lead.action_set_won()
        lead.date_closed = f"{day} 12:00:00"

    @classmethod
    def _lose(cls, lead, day):
        lead.action_set_lost()
        lead.date_closed = f"{day} 12:00:00"

    @classmethod
    def _take(cls, day):
        cls.env["sales.mart"]._refresh()
        with freeze_time(f"{day} 06:00:00"):
            cls.snapshots._take()

    def _ask(self, code, scopes=None, periods=(OCTOBER,)):
        self.env["sales.mart"]._refresh()
        scopes = scopes or [Scope(self.company.id)]
        values = self.env["sales.metric"].ask([code], scopes, periods)
        return [values[code, scope, period] for scope in scopes for period in periods]
