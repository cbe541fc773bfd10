# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def draw_bars(spans):
    """Return start and end of bars on a common scale, in percent of its width.

    >>> draw_bars([(0, -30), (0, 10)])
    [(75.0, 0.0), (75.0, 100.0)]
    >>> draw_bars([(0, 0)])
    [(0.0, 0.0)]

    :param list spans: (start, end) of each bar
    """
    ends = [end for span in spans for end in span]
    low = min(ends, default=0)
    width = max(ends, default=0) - low or 1
    return [
        tuple(round(100 * (end - low) / width, 2) for end in span) for span in spans
    ]


def draw_steps(start, steps):
    """Return the bars of a waterfall chart: the start, each step, and the result.

    The scale starts near the lowest value; otherwise steps would be too small to see.

    >>> draw_steps(1000, [-100, -90])
    [(0.0, 100.0), (100.0, 60.53), (60.53, 25.0), (0.0, 25.0)]
    """
    levels = [start]
    for step in steps:
        levels.append(levels[-1] + step)
    low, high = min(levels), max(levels)
    base = max(low - (high - low) / 3, 0) if low > 0 else 0
    return draw_bars(
        [
            (base, start),
            *zip(levels, levels[1:], strict=False),
            (base, levels[-1]),
        ]
    )
