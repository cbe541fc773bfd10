# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


@dataclass(frozen=True, init=False, slots=True)
class Scope:
    """Who or what a figure is about: a company, narrowed by any of its dimensions.

    A dimension is named after its column in ``sales.fact`` (``region_id``,
    ``team_id``, ``user_id``, ``categ_id``, ``channel_id``, ``partner_id``, ...), so
    an add-on that gives the facts a column has given scopes a dimension. Several
    dimensions are their intersection, several ids of one dimension are their union,
    and what is left out or empty (``None``, ``False``) is open.

    >>> Scope(1, user_id=7, region_id=False)
    Scope(company_id=1, dimensions=(('user_id', (7,)),))
    >>> Scope(1, team_id=[4, 3, 4], user_id=7) == Scope(1, user_id=7, team_id=(3, 4))
    True
    >>> Scope(1, team_id=[])
    Traceback (most recent call last):
    ...
    ValueError: No ids for team_id: leave it open or name what it is narrowed to.

    :param int company_id: always given, because amounts are in its currency
    :param dimensions: id or ids of each dimension, those of trees stand for their
        descendants too; a customer is a commercial partner
    """

    company_id: int
    dimensions: tuple

    def __init__(self, company_id, **dimensions):
        object.__setattr__(self, "company_id", company_id)
        object.__setattr__(
            self,
            "dimensions",
            tuple(
                (name, self._normalize(name, dimensions[name]))
                for name in sorted(dimensions)
                if dimensions[name] not in (None, False)
            ),
        )

    @staticmethod
    def _normalize(name, ids):
        if isinstance(ids, int):
            return (ids,)
        if not ids:
            raise ValueError(
                f"No ids for {name}: leave it open or name what it is narrowed to."
            )
        return tuple(sorted(set(ids)))
