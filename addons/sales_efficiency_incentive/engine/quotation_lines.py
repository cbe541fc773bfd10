# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict

from .credit import TARGETS, Credits
from .credited_lines import CreditedLines
from .month_lines import MonthLines


class QuotationLines(MonthLines):
    """The lines by which a quotation would earn, if it were sold and paid today.

    Scopes, teams, shares and splits of credit are matched as those of real sales. What
    the customer has bought is read with them: a customer is new, or counted, only once.

    :param SQL figures: SELECT of the figures of the quotation and of its customer
    """

    def __init__(self, env, assignments, terms, versions, *args, figures):
        super().__init__(env, assignments, terms, versions, *args)
        self._figures = figures
        self._reader = CreditedLines(env, self._credits, figures)
        self._targets = Credits(versions).of_assignments(assignments, TARGETS)

    def gather_made(self):
        """Make the lines of figures that exist only in the quotation."""
        for line in self._find_made(self._reader):
            self._add(self._credits[line.credit], line, None, {})

    def sum_attained(self):
        """Return what the quotation adds to the actuals of targets.

        :return: dict assignment id → root → sum
        """
        sums = defaultdict(Counter)
        reader = CreditedLines(self.env, self._targets, self._figures)
        for line in self._find_made(reader):
            credit = self._targets[line.credit]
            sums[credit.assignment_id][credit.root_id] += line.base / credit.share
        return sums

    def _find_made(self, reader):
        found = reader.find(start=self._month, end=self._end)
        return [line for line in found if line.document[1] < 0]

    @staticmethod
    def _get_days(rule, line, days):
        return 0 if rule.rate_by == "collection_days" else None
