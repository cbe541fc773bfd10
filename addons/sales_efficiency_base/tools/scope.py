# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass


@dataclass(frozen=True, init=False, slots=True)
class Scope:
    """The subject of a figure: a company, narrowed by any number of dimensions.

    A dimension is named after its column in ``sales.fact`` (``region_id``,
    ``team_id``, ``user_id``, ``categ_id``, ``channel_id``, ``partner_id``, ...), so
    an add-on that adds a column to the facts adds a dimension to scopes. Several
    dimensions intersect, several ids of one dimension unite; a dimension that is left
    out or empty (``None``, ``False``) is unrestricted.

    >>> Scope(1, user_id=7, region_id=False)
    Scope(company_id=1, dimensions=(('user_id', (7,)),))
    >>> Scope(1, team_id=[4, 3, 4], user_id=7) == Scope(1, user_id=7, team_id=(3, 4))
    True
    >>> Scope(1, team_id=[])
    Traceback (most recent call last):
    ...
    ValueError: No ids for team_id: omit the dimension or give at least one id.

    :param int company_id: required, because amounts are in its currency
    :param dimensions: id or ids of each dimension; in a tree, an id includes its
        descendants; customers are commercial partners
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
                f"No ids for {name}: omit the dimension or give at least one id."
            )
        return tuple(sorted(set(ids)))
