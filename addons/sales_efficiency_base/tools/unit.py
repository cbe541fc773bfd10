# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """How figures of a unit are written and rounded.

    :param str text: what is written, with ``%s`` for the number
    :param int shown: decimals of a figure in a text; None: none, or two if it has any
    :param int digits: decimals that a quotient is rounded to
    :param float step: what targets are multiples of
    :param bool is_whole: whether targets are whole numbers where parts add up
    :param bool adds_up: whether figures that a program computes add up to that of the
        whole
    :param currency: record of the currency if the unit is money
    """

    text: str = "%s"
    shown: int | None = None
    digits: int = 4
    step: float = 0.01
    is_whole: bool = False
    adds_up: bool = True
    currency: object = None
