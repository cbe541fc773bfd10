# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .pair_values import PairValues

# Seconds to look for the best assignment
TIME_LIMIT = 50


class AllocationQuestion:
    """Puts a scenario to ``engine/methods/allocation.py``, and takes its answer back.

    Customers are assigned one by one, or those of a region together.

    :param allocation: the scenario, with its lines
    """

    def __init__(self, allocation):
        self._allocation = allocation
        self._people = allocation.person_ids
        self._users = self._people.user_id.ids
        self._units = self._get_units()

    def _get_units(self):
        """:return: list of the customers that stay together"""
        lines = self._allocation.line_ids
        if self._allocation.assign_by == "customer":
            return list(lines)
        units = []
        for region, some in lines.grouped("region_id").items():
            units += [some] if region else list(some)
        return units

    def get_data(self):
        """:return: data and options of the method"""
        numbers = {user_id: number for number, user_id in enumerate(self._users)}
        pairs = PairValues(self._allocation)
        rows = [self._add_up(unit, pairs, numbers) for unit in self._units]
        columns = {
            "hours": [row["hours"] for row in rows],
            "locked": [row["locked"] for row in rows],
        }
        for number in numbers.values():
            columns[f"value_{number}"] = [row["values"][number] for row in rows]
            columns[f"moves_{number}"] = [row["moves"][number] for row in rows]
        data = {
            "labels": [str(unit.ids[0]) for unit in self._units],
            "columns": columns,
        }
        return data, self._get_options([row["allowed"] for row in rows])

    def _add_up(self, unit, pairs, numbers):
        """Return hours of a unit, and what it is worth with each person: the sum of its
        customers. Only who may serve all of them may serve it."""
        size = len(self._users)
        row = {
            "hours": 0.0,
            "locked": None,
            "values": [0.0] * size,
            "moves": [0] * size,
            "allowed": [1] * size,
        }
        for line in unit:
            locked = numbers.get(pairs.get_locked(line))
            today = numbers.get(line.user_id.id)
            values, allowed = pairs.get_row(line, self._users)
            row["hours"] += line.hours
            if locked is not None:
                row["locked"] = locked
            for number in range(size):
                row["values"][number] += values[number]
                row["moves"][number] += today is not None and today != number
                # A lock overrides what else rules the person out.
                if number != locked:
                    row["allowed"][number] &= allowed[number]
        return row

    def _get_options(self, allowed):
        allocation = self._allocation
        capacities = {p.user_id.id: p.capacity for p in self._people}
        return {
            "capacities": [capacities[user_id] for user_id in self._users],
            "allowed": allowed,
            "balance": allocation.balance_percent if allocation.limits_load else None,
            "most_moves": allocation.most_moves if allocation.limits_moves else None,
            "penalty": allocation.penalty,
            "time_limit": TIME_LIMIT,
        }

    def get_users(self, found):
        """:return: dict line -> id of the person proposed"""
        return {
            line: self._users[number]
            for unit, number in zip(self._units, found["assignment"], strict=True)
            for line in unit
        }

    def get_named(self, found):
        """Return what was found, with persons by id and not by number."""
        gives = [
            {
                **give,
                "where": [
                    [self._users[number], hours]
                    for number, hours in give.get("where", ())
                ],
            }
            for give in found["gives"]
        ]
        kept = {key: found[key] for key in found if key not in ("assignment", "loads")}
        return {**kept, "gives": gives}
