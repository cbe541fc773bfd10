# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# Figures of a step that the client shows as they are
SHOWN = (
    "is_won",
    "reached",
    "skipped",
    "returned",
    "lost",
    "done",
    "mean_days",
    "median_days",
    "most_days",
    "mean_work",
    "median_work",
    "most_work",
    "mean_days_won",
    "mean_days_lost",
    "waiting",
    "waiting_days",
    "waiting_work",
    "waiting_money",
)
DIGITS = 4


def describe_funnel(steps):
    """Return the steps of a funnel as JSON: their figures, the conversion from the step
    before and that from the first one.

    >>> from .funnel_step import FunnelStep
    >>> class Stage:
    ...     ids = [1]
    >>> first = FunnelStep(Stage(), "Prospecting", False, 8800)
    >>> steps = [first, FunnelStep(Stage(), "Won", True, 4238)]
    >>> [step["overall"] for step in describe_funnel(steps)["steps"]]
    [100.0, 48.1591]
    >>> describe_funnel([])
    {'steps': []}

    :param list steps: :class:`FunnelStep` in order
    """
    return {
        "steps": [
            {
                "name": step.name,
                "stage_ids": step.stages.ids,
                "conversion": _round(step.compare(steps[max(number - 1, 0)])),
                "overall": _round(step.compare(steps[0])),
                **{name: _round(getattr(step, name)) for name in SHOWN},
            }
            for number, step in enumerate(steps)
        ]
    }


def _round(value):
    return round(value, DIGITS) if isinstance(value, float) else value
