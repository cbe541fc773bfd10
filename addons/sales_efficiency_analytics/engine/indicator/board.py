# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, grow
from odoo.addons.sales_efficiency_target.engine import Results

from .movers import Movers

# Months of the small charts: a year, and the same month a year before
MONTHS = 13


class IndicatorBoard:
    """The indicators of a scope and a period: value, target, changes, course, and the
    parts that moved them (policy 6.2.2).

    The number of queries depends on neither the number of indicators measured by sums
    and ratios, nor on that of parts, figures or targets.

    :param IndicatorChoice choice: the choice of the user
    """

    def __init__(self, choice):
        self.env, self._choice = choice.env, choice
        self._indicators = self.env["sales.indicator"]._get_of_company(choice.company)
        self._metrics = self._indicators.metric_id
        self._scope = choice.figures_scope
        self._months = [
            Period.month(choice.span.end.replace(day=1) - relativedelta(months=ago))
            for ago in reversed(range(MONTHS))
        ]

    def get_data(self):
        """Return JSON-serializable data for the client."""
        choice = self._choice
        periods = [choice.span, choice.last_year, *self._months]
        if choice.before:
            periods.append(choice.before)
        values = self._metrics._evaluate([self._scope], periods, known=True)
        targets = Results(self.env).ask(
            [self._scope], self._metrics, [self._choice.period]
        )
        moved = Movers(choice, self._metrics).get()
        return {
            "currency_id": choice.company.currency_id.id,
            "months": [
                format_date(self.env, month.start, date_format="MMM y")
                for month in self._months
            ],
            "rows": [
                {
                    **self._describe(indicator, values),
                    **self._describe_target(indicator.metric_id, targets),
                    "movers": moved.get(indicator.metric_id.id, []),
                }
                for indicator in self._indicators
            ],
        }

    def _describe(self, indicator, values):
        metric, choice = indicator.metric_id, self._choice
        course = [values[metric.id, self._scope, month] for month in self._months]
        now = values[metric.id, self._scope, choice.span]
        row = {
            "id": indicator.id,
            "name": indicator.name,
            "help": metric.description or "",
            "unit": metric.unit,
            "higher_is_better": metric.higher_is_better,
            "value": now,
            "known": metric._describe_known(
                values.known.get((metric.id, self._scope, choice.span))
            ),
            "course": course,
        }
        for name in ("before", "last_year"):
            period = getattr(choice, name)
            then = values[metric.id, self._scope, period] if period else None
            row[name] = grow(now, then, metric._is_rate())
        return row

    def _describe_target(self, metric, targets):
        """Return target and attainment; of several targets of a rate there is none."""
        try:
            row = targets[metric.id, self._scope, self._choice.period]
        except UserError:
            row = None
        return {
            "target": row and row["amount"],
            "attainment": row and row["attainment"],
        }
