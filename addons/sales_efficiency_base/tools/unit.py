# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """Formatting and rounding of figures in a unit.

    :param str text: format, with ``%s`` for the number
    :param int shown: decimals in texts; None: two, or none for whole numbers
    :param int digits: decimals of rounded quotients
    :param float step: smallest step of targets
    :param bool is_whole: whether targets are whole numbers where parts add up
    :param bool adds_up: whether computed figures of the parts add up to that of the
        whole
    :param currency: ``res.currency`` record if the unit is money
    """

    text: str = "%s"
    shown: int | None = None
    digits: int = 4
    step: float = 0.01
    is_whole: bool = False
    adds_up: bool = True
    currency: object = None
