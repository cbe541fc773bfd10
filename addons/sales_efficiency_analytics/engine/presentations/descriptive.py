# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_list

from ..study import MONTH
from .presentation import Column, Presentation, Table

NAMED = 3
# More bars cannot be told apart on a screen.
SHOWN_BARS = 40


class DescriptivePresentation(Presentation):
    """Who makes how much of the total, and how the values are spread."""

    def get_headline(self):
        """Return who makes most of the total, if rows are not months."""
        for code, column in self.result["columns"].items():
            concentration = column["concentration"]
            if concentration and self._rows != MONTH and self._unit(code).adds_up:
                return self._say_largest(code, column["n"], concentration)
        return None

    def _say_largest(self, code, count, concentration):
        names = [row["label"] for row in concentration["rows"][:NAMED]]
        return self.env._(
            "%(rows)s: %(some)s of %(all)s make %(share)s of %(name)s, first of all"
            " %(names)s.",
            rows=self._name_rows(),
            some=self._number(concentration["rows_to_threshold"], 0),
            all=self._number(count, 0),
            share=self._percent(concentration["threshold"] / 100),
            name=self._name(code),
            names=format_list(self.env, names),
        )

    def get_charts(self):
        charts = []
        for code, column in self.result["columns"].items():
            if column["concentration"] and self._unit(code).adds_up:
                charts.append(self._get_pareto(code, column["concentration"]))
            charts.append(self._get_histogram(code, column["histogram"]))
        return charts

    def get_tables(self):
        tables = [self._get_description()]
        for code, column in self.result["columns"].items():
            if column["concentration"] and self._unit(code).adds_up:
                tables.append(self._get_ranking(code, column["concentration"]))
        return tables

    def _get_pareto(self, code, concentration):
        rows = concentration["rows"][:SHOWN_BARS]
        return self._chart(
            "pareto",
            self.env._("Largest First"),
            self._plain_axis(self._name_rows()),
            self._axis(code),
            [
                {
                    "kind": "bar",
                    "label": self._name(code),
                    "values": [row["value"] for row in rows],
                },
                {
                    "kind": "line",
                    "label": self.env._("Share so far"),
                    "values": [row["cumulated"] for row in rows],
                    "axis": "y2",
                },
            ],
            labels=[self._name_row(row["label"]) for row in rows],
            y2=self._plain_axis(self.env._("Share so far"), 0, "\N{NO-BREAK SPACE}%"),
        )

    def _get_histogram(self, code, bars):
        return self._chart(
            "histogram",
            self.env._("How Many of Which Size"),
            self._axis(code),
            self._plain_axis(self.env._("Rows"), 0),
            [
                {
                    "kind": "bar",
                    "label": self.env._("Rows"),
                    "values": [bar["count"] for bar in bars],
                    "is_dense": True,
                }
            ],
            labels=[self._number(bar["from"], self._get_digits(bars)) for bar in bars],
        )

    @staticmethod
    def _get_digits(bars):
        width = bars[0]["to"] - bars[0]["from"]
        return 0 if width >= 1 or not width else 2

    def _get_description(self):
        columns = self.result["columns"]
        plain = [
            (self.env._("Rows with a value"), "n", 0),
            (self.env._("Without a value"), "missing", 0),
            (self.env._("Skew"), "skew", 2),
            (self.env._("Gini coefficient"), "gini", 3),
        ]
        valued = [
            (self.env._("Sum"), "sum"),
            (self.env._("Mean"), "mean"),
            (self.env._("Median"), "median"),
            (self.env._("Standard deviation"), "sd"),
            (self.env._("Smallest"), "minimum"),
            (self.env._("Lower quartile"), "quartile_1"),
            (self.env._("Upper quartile"), "quartile_3"),
            (self.env._("Largest"), "maximum"),
        ]
        # One row a metric would be too wide for a phone.
        return Table(
            self.env._("In Figures"),
            [
                Column(self.env._("Figure")),
                *(Column(self._name(code)) for code in columns),
            ],
            [
                [name, *(self._value(columns[code][key], code) for code in columns)]
                for name, key in valued
            ]
            + [
                [name, *(self._number(columns[code][key], digits) for code in columns)]
                for name, key, digits in plain
            ],
        )

    def _get_ranking(self, code, concentration):
        return Table(
            self.env._("Ranking"),
            [
                Column(self._name_rows()),
                Column(self._name(code), code),
                Column(self.env._("Share (%)"), digits=1),
                Column(self.env._("Share so far (%)"), digits=1),
                Column(self.env._("Class")),
            ],
            [
                [
                    self._name_row(row["label"]),
                    row["value"],
                    row["share"],
                    row["cumulated"],
                    row["class"],
                ]
                for row in concentration["rows"]
            ],
        )
