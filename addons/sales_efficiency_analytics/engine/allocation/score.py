# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from .pair_values import PairValues
from .target_shift import TargetShift


@dataclass(slots=True)
class _Sums:
    hours: float = 0.0
    value: float = 0.0
    customers: int = 0

    def add(self, hours, value):
        self.hours += hours
        self.value += value
        self.customers += 1


class AllocationScore:
    """Load, value and moves of a scenario, as it is today and as it would be.

    It is asked after each calculation, and again when somebody overrides a proposal.
    The number of queries does not depend on that of customers.

    :param allocation: the scenario
    """

    def __init__(self, allocation):
        self._allocation = allocation

    def store(self):
        """Write the score to the scenario, its people and its customers."""
        allocation = self._allocation
        pairs = PairValues(allocation)
        now, new = {}, {}
        values = {}
        for line in allocation.line_ids:
            users = line.user_id | line.final_id
            worth = dict(zip(users.ids, pairs.get_row(line, users.ids)[0], strict=True))
            values[line] = worth.get(line.final_id.id, 0.0)
            for sums, user in ((now, line.user_id), (new, line.final_id)):
                sums.setdefault(user.id, _Sums()).add(
                    line.hours, worth.get(user.id, 0.0)
                )
        for line, value in values.items():
            if line.value_new != value:
                line.value_new = value
        for person in allocation.person_ids:
            person.write(self._get_person(person, now, new))
        allocation.write(self._get_totals(now, new))

    @staticmethod
    def _get_person(person, now, new):
        values = {}
        for name, sums in (("now", now), ("new", new)):
            own = sums.get(person.user_id.id, _Sums())
            values |= {
                f"customers_{name}": own.customers,
                f"load_{name}": round(own.hours, 2),
                f"value_{name}": round(own.value, 2),
            }
        return values

    def _get_totals(self, now, new):
        allocation = self._allocation
        lines, people = allocation.line_ids, allocation.person_ids
        users = people.user_id.ids
        totals = {
            "customer_count": len(lines),
            "workload": round(sum(lines.mapped("hours")), 2),
            "move_count": len(lines.filtered("is_move")),
            "override_count": len(lines.filtered("override_id")),
            "overloaded_count": len(people.filtered("is_overloaded")),
            "target_count": len(TargetShift(allocation).find_targets()),
        }
        for name, sums in (("now", now), ("new", new)):
            loads = [
                100 * sums.get(person.user_id.id, _Sums()).hours / person.capacity
                for person in people
                if person.capacity
            ]
            value = sum(sums[id_].value for id_ in users if id_ in sums)
            totals |= {
                f"value_{name}": round(value, 2),
                f"spread_{name}": max(loads) - min(loads) if loads else 0.0,
                f"highest_{name}": max(loads, default=0.0),
            }
        return totals
