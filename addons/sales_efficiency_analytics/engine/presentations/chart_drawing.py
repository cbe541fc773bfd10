# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from html import escape

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 95, 45, 20, 60
COLORS = ("#3188e6", "#ce4257", "#00a78d", "#f48935", "#5752d1", "#c08a16")
GREY = "#6c757d"
# Labels of an axis that do not run into each other
MOST_LABELS = 8
LONGEST_LABEL = 10
TICKS = 4


class ChartDrawing:
    """Draws a chart for paper, as SVG: there is no client to do so.

    >>> axis = {"title": "", "digits": 0, "before": "", "after": ""}
    >>> bars = {"kind": "bar", "label": "Sales", "values": [1, 2]}
    >>> chart = {"labels": ["a", "b"], "x": axis, "y": axis, "y2": None,
    ...          "series": [bars]}
    >>> ChartDrawing(chart).get_svg().count("<rect")
    3

    :param dict chart: see the package ``presentations``
    """

    def __init__(self, chart):
        self._chart = chart
        self._labels = chart["labels"]
        self._scales = {
            axis: Scale(self._collect(axis), self._has_bars(axis))
            for axis in ("y", "y2")
            if axis == "y" or chart["y2"]
        }
        self._x_scale = None if self._labels else Scale(self._collect_x())

    def get_svg(self):
        parts = [
            *self._draw_grid(),
            *self._draw_x(),
            *(
                part
                for number, series in enumerate(self._chart["series"])
                for part in self._draw_series(series, self._get_color(number))
            ),
            *self._draw_legend(),
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif"'
            f' font-size="10">{"".join(parts)}</svg>'
        )

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def _collect(self, axis):
        """:return: all values on an axis"""
        values = []
        for series in self._chart["series"]:
            if series.get("axis", "y") == axis:
                for key in ("values", "low", "high"):
                    values += series.get(key) or []
                values += [point["y"] for point in series.get("points") or []]
        return [value for value in values if value is not None]

    def _collect_x(self):
        return [
            point["x"]
            for series in self._chart["series"]
            for point in series.get("points") or []
            if point["x"] is not None
        ]

    def _has_bars(self, axis):
        return axis == "y2" or any(
            series["kind"] == "bar" and series.get("axis", "y") == axis
            for series in self._chart["series"]
        )

    @staticmethod
    def _get_color(number):
        return COLORS[number % len(COLORS)]

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    def _x(self, place):
        """:return: position of the middle of a label"""
        width = (WIDTH - LEFT - RIGHT) / max(len(self._labels), 1)
        return LEFT + (place + 0.5) * width

    def _x_of(self, value):
        return LEFT + self._x_scale.get_share(value) * (WIDTH - LEFT - RIGHT)

    def _y(self, value, axis="y"):
        share = self._scales[axis].get_share(value)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _draw_grid(self):
        for value in self._scales["y"].ticks:
            y = self._y(value)
            yield _line(LEFT, y, WIDTH - RIGHT, y, "#d8dadd", 0.5)
            yield _text(LEFT - 5, y + 3, self._write(value, self._chart["y"]), "end")
        for value in self._scales["y2"].ticks if self._chart["y2"] else ():
            text = self._write(value, self._chart["y2"])
            yield _text(WIDTH - RIGHT + 5, self._y(value, "y2") + 3, text, "start")

    def _draw_x(self):
        bottom = HEIGHT - BOTTOM + 14
        if self._labels:
            step = math.ceil(len(self._labels) / MOST_LABELS)
            for place in range(0, len(self._labels), step):
                label = self._labels[place]
                if len(label) > LONGEST_LABEL:
                    label = f"{label[: LONGEST_LABEL - 1]}…"
                yield _text(self._x(place), bottom, label)
        else:
            for value in self._x_scale.ticks:
                text = self._write(value, self._chart["x"])
                yield _text(self._x_of(value), bottom, text)
        yield _text((LEFT + WIDTH - RIGHT) / 2, bottom + 13, self._chart["x"]["title"])

    def _draw_series(self, series, color):
        axis = series.get("axis", "y")
        if series.get("points") is not None:
            return self._draw_points(series, color)
        if series["kind"] == "band":
            return self._draw_band(series, color)
        if series["kind"] == "bar":
            return self._draw_bars(series, color)
        places = [
            (self._x(place), self._y(value, axis))
            for place, value in enumerate(series["values"])
            if value is not None
        ]
        if series["kind"] == "points":
            return [_circle(x, y, color, 3) for x, y in places]
        return [_polyline(places, color, series.get("is_dashed"))]

    def _draw_points(self, series, color):
        places = [
            (self._x_of(point["x"]), self._y(point["y"]))
            for point in series["points"]
            if point["x"] is not None and point["y"] is not None
        ]
        if series["kind"] == "line":
            return [_polyline(places, color)]
        return [_circle(x, y, color, 2) for x, y in places]

    def _draw_band(self, series, color):
        places = [
            (self._x(place), self._y(low), self._y(high))
            for place, (low, high) in enumerate(
                zip(series["low"], series["high"], strict=True)
            )
            if low is not None and high is not None
        ]
        ends = [(x, high) for x, _low, high in places]
        ends += [(x, low) for x, low, _high in reversed(places)]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in ends)
        return [f'<polygon points="{points}" fill="{color}" fill-opacity="0.2"/>']

    def _draw_bars(self, series, color):
        width = (WIDTH - LEFT - RIGHT) / max(len(self._labels), 1)
        width *= 0.95 if series.get("is_dense") else 0.7
        for place, value in enumerate(series["values"]):
            if value is not None:
                y, zero = self._y(value), self._y(0)
                yield (
                    f'<rect x="{self._x(place) - width / 2:.1f}" y="{min(y, zero):.1f}"'
                    f' width="{width:.1f}" height="{abs(zero - y):.1f}"'
                    f' fill="{color}"/>'
                )

    def _draw_legend(self):
        x = LEFT
        for number, series in enumerate(self._chart["series"]):
            yield (
                f'<rect x="{x}" y="{HEIGHT - 14}" width="8" height="8"'
                f' fill="{self._get_color(number)}"/>'
            )
            yield _text(x + 12, HEIGHT - 6, series["label"], "start")
            # Chinese characters are twice as wide.
            x += 30 + sum(12 if ord(sign) > 0x2E80 else 6 for sign in series["label"])

    @staticmethod
    def _write(value, axis):
        digits = axis["digits"]
        if digits is None:
            digits = 0 if float(value).is_integer() else 2
        return f"{axis['before']}{value:,.{digits}f}{axis['after']}"


class Scale:
    """An axis with round ticks around some values.

    >>> Scale([3, 17]).ticks
    [0, 5, 10, 15, 20]
    >>> Scale([5]).get_share(5)
    0.5
    """

    def __init__(self, values, from_zero=False):
        low, high = min(values, default=0), max(values, default=1)
        if from_zero:
            low, high = min(low, 0), max(high, 0)
        if low == high:
            low, high = low - (abs(low) or 1), high + (abs(high) or 1)
        step = _round_up((high - low) / TICKS)
        first, last = math.floor(low / step), math.ceil(high / step)
        self.ticks = [number * step for number in range(first, last + 1)]

    def get_share(self, value):
        """:return: where a value lies: 0 for the first tick, 1 for the last"""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def _round_up(width):
    """Return the next number of 1, 2 or 5 and zeros, whole if it is above 1.

    >>> _round_up(3.5), _round_up(1200)
    (5, 2000)
    """
    power = 10.0 ** math.floor(math.log10(width))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= width * (1 - 1e-9))
    return int(step) if step >= 1 else step


def _line(x1, y1, x2, y2, color, width):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="{color}" stroke-width="{width}"/>'
    )


def _polyline(places, color, is_dashed=False):
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dash = ' stroke-dasharray="5 3"' if is_dashed else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{color}"'
        f' stroke-width="1.5"{dash}/>'
    )


def _circle(x, y, color, radius):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{color}"/>'


def _text(x, y, text, anchor="middle"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{GREY}">'
        f"{escape(str(text))}</text>"
    )
