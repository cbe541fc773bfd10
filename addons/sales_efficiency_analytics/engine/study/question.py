# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field

from odoo.fields import Date

from odoo.addons.sales_efficiency_base.tools import Period

MONTH = "month"


@dataclass(frozen=True)
class Question:
    """What a study asks, as kept with each of its answers.

    >>> from datetime import date
    >>> days = Period(date(2026, 1, 1), date(2026, 3, 31))
    >>> question = Question("trend", [7], "month", {"team_id": 3}, days, {})
    >>> Question.from_json(question.to_json()) == question
    True

    :param str method: name of the method
    :param list metric_ids: ids of the metrics, the main one first
    :param str rows: ``month``, or the dimension whose records are the rows
    :param dict scope: id by dimension; empty for all that the owner may see
    :param Period period: the days asked about
    :param dict options: what the method is told
    """

    method: str
    metric_ids: list
    rows: str
    scope: dict
    period: Period
    options: dict = field(default_factory=dict)

    def to_json(self):
        return {
            "method": self.method,
            "metric_ids": self.metric_ids,
            "rows": self.rows,
            "scope": self.scope,
            "period": [str(self.period.start), str(self.period.end)],
            "options": self.options,
        }

    @classmethod
    def from_json(cls, values):
        start, end = map(Date.to_date, values["period"])
        return cls(**{**values, "period": Period(start, end)})
