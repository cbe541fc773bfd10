# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Return(NamedTuple):
    """What was given back of a line: a credit note linked to it, or a cancellation"""

    date: date
    #: what it takes from the base of the line, positive
    base: Decimal
    #: since when days are counted, if not since the date of the line
    since: date | None = None


@dataclass(slots=True)
class SaleLine:
    """A line of a document, as far as it is credited to one person by one rule.

    ``base`` is in the rule's metric (company currency, or a count), without taxes,
    after the split of the facts and the share of the rule; returns are not yet taken
    from it. A line that is gone has the base 0.

    ``before`` is the base (after returns) by which the line has been booked so far,
    the sum of the bases of its entries. It is 0 for lines never booked.
    """

    #: identifies the line for good (the facts' key); any hashable that can be sorted
    key: tuple
    #: identifies its document, e.g. ``("account.move", 17)``
    document: tuple
    #: date of the event, which decides about the month of origin
    date: date
    base: Decimal
    before: Decimal = ZERO
    #: 0.25 is 25 %; only for rates by margin
    margin_rate: Decimal | None = None
    #: days from the invoice to the payment; only for rates by days to collection
    days: int | None = None
    returns: tuple[Return, ...] = ()
