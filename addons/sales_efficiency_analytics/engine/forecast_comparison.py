# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.sales_efficiency_base.tools import Period, each_alone

# Late documents change a month: it is measured again for so many months.
AGAIN = relativedelta(months=3)
BATCH = 2_000


class ForecastComparison:
    """Measures what came of the months that were forecast.

    A month is measured from its end on, once a day for three months.

    :param env: environment of a job
    """

    def __init__(self, env):
        self.env = env
        self._months = env["sales.forecast.month"]

    def run(self):
        """Compare all months that are due, in batches; each batch is kept."""
        batches = [
            (company, ids)
            for company in self.env["res.company"].search([])
            for ids in split_every(
                BATCH,
                self._months.search(self._get_due(company), order="metric_id, id").ids,
            )
        ]
        each_alone(self.env, batches, self._compare_batch)

    def _compare_batch(self, batch):
        company, ids = batch
        # Another job may have compared some since.
        due = self._get_due(company) & Domain("id", "in", ids)
        self.compare(company, self._months.search(due))

    def _get_due(self, company):
        today = company._get_sales_today()
        first = today.replace(day=1)
        return (
            Domain("company_id", "=", company.id)
            & Domain("month", "<", first)
            & (
                Domain("compared_on", "=", False)
                | (
                    Domain("month", ">=", first - AGAIN)
                    & Domain("compared_on", "<", today)
                )
            )
        )

    def compare(self, company, lines):
        """Measure the months of a company, in a number of queries that does not grow
        with theirs."""
        today = company._get_sales_today()
        for metric, some in lines.grouped("metric_id").items():
            scopes = {line: line.forecast_id._get_scope() for line in some}
            months = {line: Period.month(line.month) for line in some}
            values = metric.with_company(company)._evaluate(
                scopes.values(), months.values()
            )
            for line in some:
                actual = values[metric.id, scopes[line], months[line]]
                line.write(
                    {
                        "compared_on": today,
                        "is_known": actual is not None,
                        "actual": actual or 0.0,
                    }
                )
