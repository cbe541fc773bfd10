# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Date, Domain

from odoo.addons.sales_efficiency_base.tools import FIRST_DAY, LAST_DAY

# Of a column of PostgreSQL
LARGEST_ID = 2**31 - 1


class ScreenReader:
    """Takes the scope and the period of a question from the filter of a screen.

    :param facts: ``sales.fact``
    :param domain: the filter, as the client sends it
    """

    def __init__(self, facts, domain):
        self.env = facts.env
        self._facts = facts
        self._domain = domain
        self.values, self._left_out = {}, []

    def get_values(self):
        """:return: values of a study, and the labels of conditions that are left out

        :raise ValueError: if the filter is none
        """
        try:
            domain = Domain(self._domain)
            terms = [] if domain.is_true() else list(split_terms(list(domain)))
        except (TypeError, ValueError, IndexError) as error:
            raise ValueError(str(error)) from error
        for term in terms:
            if len(term) != 1 or not self._take(*term[0]):
                self._left_out += map(self._get_label, term)
        days = self.values.get("date_from"), self.values.get("date_to")
        if any(days):
            self.values["period_kind"] = "fixed"
        return self.values, list(dict.fromkeys(self._left_out))

    def _take(self, name, operator, value):
        """:return: whether a condition becomes part of the question"""
        if name == "date":
            return self._take_day(operator, value)
        if name not in (*self._facts._get_dimensions(), "company_id"):
            return False
        if isinstance(value, list | tuple) and len(value) == 1:
            [value] = value
        is_one = operator in ("=", "in", "child_of") and type(value) is int
        if is_one and 0 < value <= LARGEST_ID and self.values.get(name, value) == value:
            self.values[name] = value
            return True
        return False

    def _take_day(self, operator, value):
        side = {">=": "date_from", "<=": "date_to"}.get(operator)
        try:
            day = Date.to_date(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if not (side and day and FIRST_DAY <= day <= LAST_DAY):
            return False
        # Filters of several screens may be stacked: the narrowest one counts.
        choose = max if side == "date_from" else min
        self.values[side] = choose(day, self.values.get(side, day))
        return True

    def _get_label(self, condition):
        name = str(condition[0]).split(".")[0]
        field = self._facts._fields.get(name)
        return field._description_string(self.env) if field else name


def split_terms(items):
    """Split a domain into the terms that must all hold: lists of conditions, of which
    those with several hold by an "or" or a "not".

    >>> a, b, c = ("a", "=", 1), ("b", "=", 2), ("c", "=", 3)
    >>> list(split_terms(["&", a, "|", b, c]))
    [[('a', '=', 1)], [('b', '=', 2), ('c', '=', 3)]]
    >>> [len(term) for term in split_terms([a, "!", b])]
    [1, 2]
    """
    place = 0
    while place < len(items):
        if items[place] == "&":
            place += 1
            continue
        end = _find_end(items, place)
        term = [item for item in items[place:end] if isinstance(item, list | tuple)]
        # What is negated is no condition that could be taken over as it is.
        yield term * 2 if items[place] == "!" and len(term) == 1 else term
        place = end


def _find_end(items, start):
    """:return: the position after the term that starts at a position"""
    open_, place = 1, start
    while open_:
        item = items[place]
        if item in ("&", "|"):
            open_ += 1
        elif item != "!":
            open_ -= 1
        place += 1
    return place
