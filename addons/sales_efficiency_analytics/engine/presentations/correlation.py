# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .presentation import Column, Presentation, Table


class CorrelationPresentation(Presentation):
    """The pair that goes together most, and all pairs in figures."""

    def get_charts(self):
        scatter = self.result["scatter"]
        return [
            self._chart(
                "scatter",
                self.env._(
                    "%(x)s and %(y)s",
                    x=self._name(scatter["x"]),
                    y=self._name(scatter["y"]),
                ),
                self._axis(scatter["x"]),
                self._axis(scatter["y"]),
                [
                    {
                        "kind": "points",
                        "label": self._name_rows(),
                        "points": [
                            {**point, "label": self._name_row(point["label"])}
                            for point in scatter["points"]
                        ],
                    }
                ],
            )
        ]

    def get_tables(self):
        return [
            Table(
                self.env._("Pairs"),
                [
                    Column(self.env._("Metric")),
                    Column(self.env._("Other metric")),
                    Column(self.env._("Rows"), digits=0),
                    Column("r", digits=3),
                    Column(self.env._("From"), digits=3),
                    Column(self.env._("To"), digits=3),
                    Column("p", digits=4),
                    Column(self.env._("By rank (Spearman)"), digits=3),
                ],
                [
                    [
                        self._name(pair["x"]),
                        self._name(pair["y"]),
                        pair["n"],
                        pair["pearson"],
                        pair["low"],
                        pair["high"],
                        pair["p"],
                        pair["spearman"],
                    ]
                    for pair in self.result["pairs"]
                ],
            )
        ]
