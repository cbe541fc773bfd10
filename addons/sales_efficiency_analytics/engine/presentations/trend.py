# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.misc import babel_locale_parse, get_lang

from .presentation import Column, Presentation, Table


class TrendPresentation(Presentation):
    """The series with its trend, and the seasons."""

    def get_charts(self):
        charts = [self._get_series()]
        if self.result["indices"]:
            charts.append(self._get_seasons())
        return charts

    def get_tables(self):
        tables = [self._get_lines()]
        if self.result["indices"]:
            names = self._name_seasons()
            tables.append(
                Table(
                    self.env._("Seasons"),
                    [
                        Column(self.env._("Season")),
                        Column(self.env._("Average = 100"), digits=1),
                    ],
                    [
                        [name, 100 * index]
                        for name, index in zip(
                            names, self.result["indices"], strict=True
                        )
                    ],
                )
            )
        return tables

    def _get_series(self):
        code, series = self.result["column"], self.result["series"]
        apart = self._get_apart(code)
        blank = [None] * len(apart)
        lines = [
            (self._name(code), "value", {}),
            (self.env._("Trend"), "trend", {"is_plain": True}),
            (
                self.env._("Without season"),
                "deseasonalised",
                {"is_dashed": True, "is_plain": True},
            ),
        ]
        shown = [
            {
                "kind": "line",
                "label": label,
                "values": [row[key] for row in series] + blank,
                **look,
            }
            for label, key, look in lines
            if any(row[key] is not None for row in series)
        ]
        if apart:
            shown.append(
                {
                    "kind": "points",
                    "label": self.env._("Not whole"),
                    "values": [None] * len(series) + [value for _name, value in apart],
                }
            )
        return self._chart(
            "series",
            self._name(code),
            self._plain_axis(),
            self._axis(code),
            shown,
            labels=[
                *(self._name_row(row["label"]) for row in series),
                *(name for name, _value in apart),
            ],
        )

    def _get_seasons(self):
        return self._chart(
            "seasons",
            self.env._("Seasons"),
            self._plain_axis(),
            self._plain_axis(self.env._("Average = 100"), 0),
            [
                {
                    "kind": "bar",
                    "label": self.env._("Average = 100"),
                    "values": [100 * index for index in self.result["indices"]],
                }
            ],
            labels=self._name_seasons(),
        )

    def _name_seasons(self):
        seasons = self.result["seasons"]
        if seasons != 12:
            return [self.env._("Quarter %s", number + 1) for number in range(seasons)]
        locale = babel_locale_parse(get_lang(self.env).code)
        months = locale.months["stand-alone"]["abbreviated"]
        return [months[number] for number in range(1, 13)]

    def _get_lines(self):
        code, result = self.result["column"], self.result
        return Table(
            self.env._("Lines"),
            [
                Column(self.env._("Line")),
                Column(self.env._("Change a month")),
                Column(self.env._("From")),
                Column(self.env._("To")),
                Column("p", digits=4),
            ],
            [
                [name, *(self._value(line[key], code, True) for key in keys), p]
                for keys in [("slope", "low", "high")]
                for name, line, p in (
                    (self.env._("Least squares"), result["ols"], result["ols_p"]),
                    (
                        self.env._("Median of all slopes (Theil-Sen)"),
                        result["theil_sen"],
                        result["p"],
                    ),
                )
            ],
        )
