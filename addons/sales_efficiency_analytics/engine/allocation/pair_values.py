# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from dataclasses import dataclass

EARTH_RADIUS = 6371.0


@dataclass(slots=True)
class _Pairs:
    """What was said of a customer: a lock, persons barred, and fits in percent."""

    locked: int | None = None
    barred: set = None
    fits: dict = None


class PairValues:
    """What each customer is worth with each person, and who may serve whom.

    Value × fit less the cost of distance. Fit: the ability of the person, the share of
    the customer's business in the product lines of the person, and what was said of the
    pair. Persons and customers are those of a scenario, read once.

    :param allocation: the scenario
    """

    def __init__(self, allocation):
        self._rate = allocation.distance_cost
        self._within_region = allocation.within_region
        self._within_lines = allocation.within_lines
        self._regions = self._read_regions(allocation)
        self._people = {
            person.user_id.id: {
                "ability": person.ability / 100,
                "categories": set(person.category_ids.ids),
                "region": person.region_id.id,
                "place": person.place or [],
                "is_here": person.user_id._works_in(allocation.company_id),
            }
            for person in allocation.person_ids
        }
        self._pairs = self._read_pairs(allocation)

    @staticmethod
    def _read_regions(allocation):
        """:return: dict id of a region -> ids of it and of those above"""
        regions = allocation.env["sales.region"].search([])
        return {
            region.id: {int(part) for part in region.parent_path.split("/") if part}
            for region in regions
        }

    @staticmethod
    def _read_pairs(allocation):
        """:return: dict id of a customer -> what was said of it"""
        found = {}
        for pair in allocation.pair_ids:
            said = found.setdefault(pair.partner_id.id, _Pairs(None, set(), {}))
            if pair.kind == "lock":
                said.locked = pair.user_id.id
            elif pair.kind == "bar":
                said.barred.add(pair.user_id.id)
            else:
                said.fits[pair.user_id.id] = pair.fit_percent / 100
        return found

    def get_locked(self, line):
        """:return: id of the person who must have the customer, or None"""
        said = self._pairs.get(line.partner_id.id)
        return said.locked if said else None

    def get_row(self, line, users):
        """Return what a customer is worth with each of some persons, and whether they
        may serve it.

        :param users: ids of persons
        :return: list of values, list of 0 and 1
        """
        said = self._pairs.get(line.partner_id.id)
        details, region_id = line.details or {}, line.region_id.id
        values, allowed = [], []
        for user_id in users:
            person = self._people.get(user_id)
            if person is None:
                values.append(0.0)
                allowed.append(0)
                continue
            share, covers_main = self._get_share(person, details, line.categ_id.id)
            fit = person["ability"] * share
            if said and user_id in said.fits:
                fit *= said.fits[user_id]
            kilometres = _get_distance(person["place"], details.get("place"))
            cost = self._rate * kilometres * max(line.contact_count, 1.0)
            values.append(round(line.value * fit - cost, 4))
            allowed.append(int(self._is_allowed(person, region_id, covers_main)))
            if said and user_id in said.barred:
                allowed[-1] = 0
        return values, allowed

    def get(self, line, user):
        """:return: what a customer is worth with a person"""
        return self.get_row(line, user.ids)[0][0] if user else 0.0

    def _is_allowed(self, person, region_id, covers_main):
        if not person["is_here"]:
            return False
        if self._within_lines and not covers_main:
            return False
        if self._within_region and person["region"] and region_id:
            return person["region"] in self._regions.get(region_id, ())
        return True

    @staticmethod
    def _get_share(person, details, main_id):
        """Return the share of the customer's business in the person's product lines,
        and whether its main line is among them."""
        categories = person["categories"]
        shares = details.get("shares")
        if not categories or not shares:
            return 1.0, True
        share, covers_main = 0.0, not main_id
        for path, part in shares:
            # What has no product line anybody may sell.
            if not path or not categories.isdisjoint(path):
                share += part
                covers_main = covers_main or path[-1:] == [main_id]
        return share, covers_main


def _get_distance(here, there):
    """Return kilometres as the crow flies, 0 where a place is not known.

    >>> round(_get_distance([25.03, 121.56], [22.63, 120.30]))
    296
    >>> _get_distance([], [22.63, 120.30])
    0.0
    """
    if not here or not there:
        return 0.0
    lat_a, lon_a = map(math.radians, here)
    lat_b, lon_b = map(math.radians, there)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(half, 1.0)))
