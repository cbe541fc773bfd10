# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain

from ..tools import Period

DAY = timedelta(days=1)
# Items per batch: memory grows with items × days.
BATCH = 100


class ActionEffect:
    """Measures the effect of action items: the metric of an item in the weeks up to and
    including the day it was done, and in as many weeks after.

    :param env: environment with access to all records
    """

    def __init__(self, env):
        self._env = env

    def measure_due(self):
        """Measure all items whose weeks are over, a batch in each transaction."""
        cron, domain = self._env["ir.cron"], self.get_due_domain()
        actions = self._env["sales.action"]
        remaining = actions.search_count(domain)
        cron._commit_progress(remaining=remaining)
        while items := actions.search(domain, limit=BATCH):
            self.measure(items)
            remaining = max(remaining - len(items), 0)
            if not cron._commit_progress(len(items), remaining=remaining):
                return

    def measure(self, items):
        """Measure completed items, in a fixed number of queries."""
        scopes = {item: item._get_effect_scope() for item in items}
        periods = {item: self._get_periods(item) for item in items}
        values = items.metric_id._evaluate(
            list(scopes.values()),
            [period for both in periods.values() for period in both],
        )
        for item in items:
            before, after = (
                values[item.metric_id.id, scopes[item], period]
                for period in periods[item]
            )
            item.write(
                {
                    "effect_figures": {"before": before, "after": after},
                    "effect_date": item.company_id._get_sales_today(),
                }
            )

    def get_due_domain(self):
        """:return: :class:`Domain` of the items whose weeks are over, by company"""
        domain = Domain("state", "=", "done") & Domain("effect_date", "=", False)
        domain &= Domain("metric_id", "!=", False)
        return domain & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain(
                "date_done", "<", company._get_sales_today() - self._get_span(company)
            )
            for company in self._env["res.company"].search([])
        )

    def _get_periods(self, item):
        """:return: the :class:`Period` before and the one after an item was done"""
        span, done = self._get_span(item.company_id), item.date_done
        return Period(done - span + DAY, done), Period(done + DAY, done + span)

    def _get_span(self, company):
        return timedelta(weeks=company.sales_action_effect_weeks)
