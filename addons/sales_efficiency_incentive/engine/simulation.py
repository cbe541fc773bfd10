# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .ledger import Ledger
from .statement import Statement


def simulate(assignments, months, read_facts):
    """Compute past months as if the versions of assignments had been in force.

    Nothing is locked and nothing is booked: each month is a ``Statement`` that goes on
    with the one before. Facts are asked for month by month, so memory is bounded.

    :param assignments: :class:`.AssignmentTerms`
    :param months: in order
    :param read_facts: function of a month and the ledgers so far (dict assignment id →
        ``Ledger``) that returns dict assignment id → ``MonthFacts``
    :return: generator of ``Statement``, month by month
    """
    ledgers = {assignment.id: Ledger(assignment) for assignment in assignments}
    for month in months:
        facts = read_facts(month, ledgers)
        for assignment in assignments:
            id_ = assignment.id
            yield Statement(assignment, month, facts[id_], ledgers[id_])
