# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .ledger import Ledger
from .statement import Statement


def simulate(assignment, facts_by_month):
    """Compute past months as if the versions of an assignment had been in force.

    Nothing is locked and nothing is booked: each month is a ``Statement`` that goes on
    with the one before. Facts are asked for month by month, so memory is bounded.

    :param facts_by_month: pairs of month and ``MonthFacts``, in order
    :return: generator of ``Statement``
    """
    ledger = Ledger(assignment)
    for month, facts in facts_by_month:
        yield Statement(assignment, month, facts, ledger)
