# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..verdicts import ForecastVerdict
from .presentation import Column, Presentation, Table


class ForecastPresentation(Presentation):
    """What comes, with its ranges, and how the methods did in the back-test."""

    def get_charts(self):
        result, code = self.result, self.result["column"]
        past, ahead = result["history"], result["values"]
        before, after = [None] * (len(past) - 1), [None] * len(ahead)
        last = past[-1]
        series = [
            {
                "kind": "band",
                "label": self.env._("%s %% range", level),
                "low": [*before, last, *result[f"low_{level}"]],
                "high": [*before, last, *result[f"high_{level}"]],
            }
            for level in (95, 80)
        ]
        series += [
            {"kind": "line", "label": self._name(code), "values": [*past, *after]},
            {
                "kind": "line",
                "label": self.env._("Forecast"),
                "values": [*before, last, *ahead],
                "is_dashed": True,
            },
        ]
        labels = [*result["months"], *result["ahead"]]
        so_far = {
            apart["key"]: apart["values"].get(code) for apart in self._figures["apart"]
        }
        if any(so_far.get(label) is not None for label in labels):
            series.append(
                {
                    "kind": "points",
                    "label": self.env._("So far"),
                    "values": [so_far.get(label) for label in labels],
                }
            )
        return [
            self._chart(
                "forecast",
                self._name(code),
                self._plain_axis(),
                self._axis(code),
                series,
                labels=list(map(self._name_row, labels)),
            )
        ]

    def get_tables(self):
        result, code = self.result, self.result["column"]
        return [
            Table(
                self.env._("Forecast"),
                [
                    Column(self.env._("Month")),
                    Column(self.env._("Forecast"), code),
                    Column(self.env._("From (80 %)"), code),
                    Column(self.env._("To (80 %)"), code),
                    Column(self.env._("From (95 %)"), code),
                    Column(self.env._("To (95 %)"), code),
                ],
                [
                    [self._name_row(month), *values]
                    for month, *values in zip(
                        result["ahead"],
                        result["values"],
                        result["low_80"],
                        result["high_80"],
                        result["low_95"],
                        result["high_95"],
                        strict=True,
                    )
                ],
            ),
            self._get_methods(),
        ]

    def _get_methods(self):
        names = ForecastVerdict.get_methods(self.env)
        return Table(
            self.env._("Back-test of the Methods"),
            [
                Column(self.env._("Method")),
                Column(self.env._("Months tested"), digits=0),
                Column(self.env._("Error (WAPE, %)"), digits=1),
                Column(self.env._("Against last year (MASE)"), digits=2),
                Column(self.env._("Bias (%)"), digits=1),
            ],
            [
                [
                    names.get(one["method"], one["method"]),
                    one["tests"],
                    _to_percent(one["wape"]),
                    one["mase"],
                    _to_percent(one["bias"]),
                ]
                for one in self.result["candidates"]
            ],
        )


def _to_percent(share):
    return None if share is None else 100 * share
