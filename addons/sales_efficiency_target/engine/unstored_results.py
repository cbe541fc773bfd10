# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import fields

from odoo.addons.sales_efficiency_base.tools import Period

from .attainment import average_unless_additive, derive
from .measurement import Measurement
from .result_statements import MEASURED


class UnstoredResults:
    """Measures targets in periods without stored results.

    :param plan: the ``sales.target.plan`` of the targets
    """

    def __init__(self, plan):
        self.env = plan.env
        self._plan = plan
        self._today = plan._get_today()

    def measure(self, targets, spans):
        """Measure targets of the plan at once.

        :param spans: :class:`Period` objects
        :return: dict (target id, :class:`Period`) -> row
        """
        plan = self._plan
        # Periods in the future are projected at the pace of the year to date.
        to_date = plan._get_span_to_date()
        spans = sorted({*spans, to_date} - {None})
        asked = [
            ("", Period(span.start, Period.month(span.end).end), span) for span in spans
        ]
        columns = Measurement(self.env).measure_figures(targets, asked)
        figures = zip(*columns, strict=True)
        remaining = plan._get_remaining_days([whole for _kind, whole, _span in asked])
        months, shares = self._read_months(targets), plan._get_elapsed_shares()
        rows = {}
        for target in targets:
            for span, days in zip(spans, remaining, strict=True):
                row = self._get_planned(target, months[target], span, shares)
                row |= dict(zip(MEASURED, next(figures), strict=True))
                rows[target.id, span] = row | {"remaining_days": days}
            year = rows.get((target.id, to_date), {})
            pace = {
                f"{name}_to_date": year.get(name) for name in ("actual", "expected")
            }
            for span in spans:
                row = rows[target.id, span]
                row["projected"] = derive(row | pace)["projected"]
        return rows

    def _read_months(self, targets):
        """:return: dict target -> dict first day of the month -> target month"""
        months = defaultdict(dict)
        for line in self.env["sales.target.month"].search_fetch(
            [("target_id", "in", targets.ids)],
            ["target_id", "month", "amount", "original_amount"],
        ):
            months[line.target_id][line.month] = line
        return months

    def _get_planned(self, target, months, span, shares):
        """Return the planned figures of a target, and those expected to date."""
        lines = [months[month] for month in span.months()]
        weights = [shares[month] for month in span.months()]
        has_begun = span.start <= self._today

        def gather(amounts, weight):
            return average_unless_additive(sum(amounts), weight, target.is_additive)

        expected = (
            line.amount * weight for line, weight in zip(lines, weights, strict=True)
        )
        return {
            "target_id": target.id,
            "is_additive": target.is_additive,
            "is_rate": target.metric_id._is_rate(),
            "higher_is_better": target.metric_id.higher_is_better,
            "amount": gather([line.amount for line in lines], len(lines)),
            "original_amount": gather(
                [line.original_amount for line in lines], len(lines)
            ),
            "expected": gather(expected, sum(weights)) if has_begun else None,
            "closed_actual": None,
            "is_stored": False,
            "measured_at": fields.Datetime.now(),
        }
