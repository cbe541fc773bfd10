# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .presentation import Column, Presentation, Table


class RegressionPresentation(Presentation):
    """How well the equation fits, and its parts."""

    def get_charts(self):
        result = self.result
        if len(result["predictors"]) == 1:
            return [self._get_scatter()]
        code = result["target"]
        values = [point["actual"] for point in result["points"]]
        ends = [min(values), max(values)] if values else []
        return [
            self._chart(
                "fit",
                self.env._("Explained and Real"),
                self._axis(code, self.env._("Explained")),
                self._axis(code, self.env._("Real")),
                [
                    self._get_points("fitted"),
                    {
                        "kind": "line",
                        "label": self.env._("Exactly as explained"),
                        "points": [{"x": end, "y": end, "label": ""} for end in ends],
                        "is_plain": True,
                    },
                ],
            )
        ]

    def _get_scatter(self):
        result = self.result
        [code] = result["predictors"]
        points = sorted(result["points"], key=lambda point: point["x"])
        return self._chart(
            "scatter",
            self.env._(
                "%(x)s and %(y)s",
                x=self._name(code),
                y=self._name(result["target"]),
            ),
            self._axis(code),
            self._axis(result["target"]),
            [
                self._get_points("x"),
                {
                    "kind": "line",
                    "label": self.env._("Equation"),
                    "points": [
                        {"x": point["x"], "y": point["fitted"], "label": ""}
                        for point in (*points[:1], *points[-1:])
                    ],
                    "is_plain": True,
                },
            ],
        )

    def _get_points(self, key):
        return {
            "kind": "points",
            "label": self._name_rows(),
            "points": [
                {
                    "x": point[key],
                    "y": point["actual"],
                    "label": self._name_row(point["label"]),
                }
                for point in self.result["points"]
            ],
        }

    def get_tables(self):
        result = self.result
        return [
            Table(
                self.env._("Equation"),
                [
                    Column(self.env._("Metric")),
                    Column(self.env._("Coefficient"), digits=4),
                    Column(self.env._("Standard error"), digits=4),
                    Column("t", digits=2),
                    Column("p", digits=4),
                    Column(self.env._("From"), digits=4),
                    Column(self.env._("To"), digits=4),
                    Column("VIF", digits=2),
                ],
                [
                    [
                        self._name(part["name"]) or self.env._("Constant"),
                        *(part[key] for key in ("value", "se", "t", "p")),
                        *(part[key] for key in ("low", "high", "vif")),
                    ]
                    for part in result["coefficients"]
                ],
            ),
            Table(
                self.env._("Fit"),
                [Column(self.env._("Figure")), Column(self.env._("Value"), digits=4)],
                [
                    [self.env._("Rows"), result["n"]],
                    ["R²", result["r2"]],
                    [self.env._("Adjusted R²"), result["adjusted_r2"]],
                    ["F", result["f"]],
                    [self.env._("p of F"), result["f_p"]],
                    [self.env._("Breusch-Pagan p"), result["breusch_pagan_p"]],
                    ["Durbin-Watson", result["durbin_watson"]],
                    [self.env._("RESET p"), result["reset_p"]],
                ],
            ),
        ]
