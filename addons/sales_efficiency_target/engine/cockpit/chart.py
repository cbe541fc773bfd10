# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import accumulate

from odoo.fields import Domain
from odoo.tools import format_date

from ..attainment import add_up
from ..results import Results
from .panel import TargetPanel


class Chart(TargetPanel):
    """The months of the plan, cumulative for additive metrics.

    The projection continues from today at the current pace, with the seasonality of the
    target, and ends at the projected landing of the year.
    """

    key = "chart"

    def get_data(self):
        """Return the series of the chart.

        :return: dict of ``labels`` and lists of 12 numbers: ``target``, ``actual``
            (without future months), ``last_year`` (whole months), ``projected`` (None
            for past months)
        """
        year, by_month = self._read()
        months = sorted(by_month)
        sums = [add_up(by_month[month]) for month in months]
        begun = sum(month <= self.choice.plan._get_today() for month in months)
        is_additive = self.choice.metric._is_additive()
        series = {
            name: [month[name] for month in sums]
            for name in ("amount", "actual", "last_year_whole")
        }
        if is_additive:
            for name, figures in series.items():
                series[name] = list(accumulate(figure or 0 for figure in figures))
        return {
            "labels": [format_date(self.env, m, date_format="MMM") for m in months],
            "is_cumulative": is_additive,
            "target": series["amount"],
            "actual": series["actual"][:begun],
            "last_year": series["last_year_whole"],
            "projected": self._project(series, year, begun),
            "result_ids": [[row["id"] for row in by_month[m]] for m in months],
        }

    def _read(self):
        """:return: the figures of the year, and a dict month -> rows"""
        ids = [row["target_id"] for row in self.choice.whole]
        results = Results(self.env).find(
            Domain("target_id", "in", ids) & Domain("period", "in", ("month", "year"))
        )
        by_month = defaultdict(list)
        for row in results:
            if row["period"] == "month":
                by_month[row["date_from"]].append(row)
        return add_up([row for row in results if row["period"] == "year"]), by_month

    def _project(self, series, year, begun):
        actual = series["actual"]
        if not begun or begun == len(actual) or year["projected"] is None:
            return []
        expected = year["expected"] or 0
        ahead = year["amount"] - expected
        share = (year["projected"] - year["actual"]) / ahead if ahead else 0
        return [None] * (begun - 1) + [
            actual[begun - 1],
            *(
                year["actual"] + share * (amount - expected)
                for amount in series["amount"][begun:]
            ),
        ]
