# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date

from ..tools import format_period


class ImportTotals:
    """Adds up what an import would save, by year, month, person and what else its
    subject has.

    :param draft: :class:`.ImportDraft` whose names are all known
    """

    def __init__(self, draft):
        self.env, self.draft = draft.env, draft

    def get_values(self):
        """:return: list of values of ``sales.import.total``"""
        totals = self._add_up()
        metrics = {metric for _kind, metric, _key in totals}
        suffixes = dict.fromkeys(metrics, "")
        if len(metrics) > 1:
            records = self.env["sales.metric"].browse(metrics - {False})
            suffixes |= {record.id: f" · {record.name}" for record in records}
        return [
            {
                "kind": kind,
                "name": self._name(key) + suffixes[metric],
                "metric_id": metric,
                "row_count": count,
                "amount": amount,
            }
            for (kind, metric, key), (count, amount) in sorted(
                totals.items(), key=self._order
            )
        ]

    def _add_up(self):
        subject, totals = self.draft.subject, defaultdict(lambda: [0, 0.0])
        for number, row in self.draft.iter_new_rows():
            for key in subject._get_total_keys(self.draft, number, row.values):
                total = totals[key]
                total[0] += 1
                total[1] += row.values.get(subject._figure) or 0.0
        metrics = self.env["sales.metric"].browse({key[1] for key in totals} - {False})
        rates = {metric.id for metric in metrics if not metric._is_additive()}
        for (_kind, metric, _key), total in totals.items():
            if metric in rates:
                # A rate is the same for its months, whatever their number.
                total[1] /= total[0]
        return totals

    def _order(self, item):
        """The largest first by name, else by time"""
        (kind, metric, key), (_count, amount) = item
        return (kind, metric, -amount if isinstance(key, str) else 0, str(key))

    def _name(self, key):
        if isinstance(key, date):
            return format_period(self.env, key)
        return str(key) or self.env._("Nobody")
