# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import allocate


class Staffing:
    """How many people each team or region needs: workload ÷ hours of one, and a fixed
    head count divided in proportion by the largest remainder (policy 6.3.2).

    :param allocation: the scenario, with its lines
    """

    def __init__(self, allocation):
        self._allocation = allocation
        self._name = allocation.staffing_by

    def get_needs(self):
        """:return: list of values, one for each team or region with customers"""
        allocation = self._allocation
        hours, customers = {}, {}
        team_of = {person.user_id: person.team_id for person in allocation.person_ids}
        for line in allocation.line_ids:
            place = (
                line.region_id
                if self._name == "region_id"
                else team_of.get(line.user_id, line.env["crm.team"])
            )
            hours[place] = hours.get(place, 0.0) + line.hours
            customers[place] = customers.get(place, 0) + 1
        have = {}
        for person in allocation.person_ids:
            place = person[self._name]
            have[place] = have.get(place, 0) + 1
        places = sorted(
            {*hours, *(place for place in have if place)},
            key=lambda place: (not place, place.display_name or "", place.id),
        )
        parts = allocate(
            allocation.head_count, [hours.get(place, 0.0) for place in places], step=1
        )
        return [
            {
                self._name: place.id,
                "customer_count": customers.get(place, 0),
                "hours": round(hours.get(place, 0.0), 2),
                "needed": get_needed(hours.get(place, 0.0), allocation.hours_of_one),
                "people_now": have.get(place, 0),
                "people_new": int(part),
            }
            for place, part in zip(places, parts, strict=True)
        ]


def get_needed(hours, of_one):
    """Return how many people some work needs.

    >>> [round(get_needed(hours, 420), 2) for hours in (1356, 1464, 500)]
    [3.23, 3.49, 1.19]
    >>> get_needed(100, 0)
    0.0
    """
    return hours / of_one if of_one else 0.0
