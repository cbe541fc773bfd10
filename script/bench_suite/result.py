# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A measured figure and its promised limit.

    :param str what: description of the measurement
    :param float limit: maximum of the figure, or minimum if ``at_least``
    :param float figure: measured value
    :param str detail: components of the figure
    """

    what: str
    limit: float
    figure: float
    detail: str = ""
    at_least: bool = False

    @property
    def kept(self):
        if self.at_least:
            return self.figure >= self.limit
        return self.figure <= self.limit

    def row(self):
        """Return the cells of a table row."""
        return (
            self.what,
            f"{'≥' if self.at_least else '≤'} {self.limit:g}",
            f"{self.figure:.3g}" if self.figure < 100 else f"{self.figure:.0f}",
            "yes" if self.kept else "NO",
            self.detail,
        )


def differing(number, compared):
    """Return the figure of a number of differences: infinite if nothing was compared,
    since what measures nothing keeps no promise."""
    return number if compared else math.inf


HEAD = ("what", "promise", "measured", "kept", "made of")


def table(results):
    """Return the lines of a Markdown table of results."""
    rows = [HEAD, *(result.row() for result in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    return [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        + " |"
        for row in rows
    ]
