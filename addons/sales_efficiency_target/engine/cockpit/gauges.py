# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .panel import LENGTH, TargetPanel


class Gauges(TargetPanel):
    """A gauge for each metric, replacing its plain figure."""

    key = "figures"

    def get_data(self):
        gauges = self.choice.gauges
        metrics = {
            metric.id: self.choice.describe_metric(metric)
            for metric in self.choice.metrics
        }
        names = self.name_targets(row["target_id"] for rows in gauges for row in rows)
        known = self._get_known()
        labels = self.get_labels(self.env["sales.target.result"], "status")["status"]
        sums = [self.describe_sums(rows) for rows in gauges]
        return [
            figures
            | {
                "status_name": labels[figures["status"]],
                "metric": metrics[rows[0]["metric_id"]],
                "known": self.env["sales.metric"]._describe_known(
                    *(known.get(row["id"]) for row in rows)
                ),
                "names": [names[row["target_id"]] for row in rows[:LENGTH]],
            }
            for rows, figures in zip(gauges, sums, strict=True)
        ]

    def _get_known(self):
        """:return: dict result id -> the known part of its margin"""
        margins = self.choice.metrics.filtered(lambda metric: metric._get_margin_part())
        results = self.env["sales.target.result"].browse(
            row["id"]
            for rows in self.choice.gauges
            for row in rows
            if row["metric_id"] in margins._ids
        )
        return {result.id: known for result, known in results._get_known().items()}
