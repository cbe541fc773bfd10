# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .benefit_choice import KIND


class BenefitTree:
    """The records of the dimension of a benefit board that have figures, as a tree.

    :param BenefitChoice choice: the choice of the user
    :param list periods: the periods shown
    """

    def __init__(self, choice, periods):
        self.env, self.choice, self._periods = choice.env, choice, periods
        self._facts = self.env["sales.fact"]
        self.is_tree = self._facts._is_tree(choice.by)

    def find(self):
        """Return the records with figures, and in a tree those above them."""
        name = self.choice.by
        # sudo: only figures of the scope are asked for; names of places are no secret,
        # see ``_get_scope_name`` of targets.
        groups = self._facts.sudo()._read_group(self._get_domain(), [name])
        none = self.env[self._facts._fields[name].comodel_name].sudo()
        records = none.union(*(record for [record] in groups))
        if self.is_tree:
            ids = {
                int(id_)
                for r in records
                for id_ in (r.parent_path or "").split("/")[:-1]
            }
            records = self._stay_inside(none.browse(sorted(ids)))
        return records

    def _stay_inside(self, records):
        """Leave out what lies above the scope."""
        inside = self.choice.base.get(self.choice.by)
        if not inside:
            return records
        wanted = set(map(str, inside))
        return records.filtered(lambda r: wanted & set(r.parent_path.split("/")))

    def _get_domain(self):
        """Whole months: then the monthly cells answer, and rows without a figure in the
        days shown are left out later."""
        choice = self.choice
        codes = ["sales_expense", "ordered_amount"]
        if choice.by == KIND:
            codes.remove("ordered_amount")
        metrics = self.env["sales.metric"].sudo()._find(codes).values()
        events = {event for m in metrics for event in m.event_ids.mapped("event")}
        domain = Domain("company_id", "=", choice.company.id)
        domain &= Domain("event", "in", sorted(events))
        domain &= Domain(choice.by, "!=", False)
        domain &= Domain.OR(
            Domain("date", ">=", Period.month(period.start).start)
            & Domain("date", "<=", Period.month(period.end).end)
            for period in self._periods
        )
        return domain & self._facts._get_inside_domain(choice.base.items())

    def get_place(self, record=None):
        """Return the scope of what was spent in a row, and that of what was sold.

        :param record: None for the whole scope
        """
        choice = self.choice
        own = {choice.by: record.id} if record else {}
        spent = {KIND: choice.expense_kind.id} | own
        sold = {} if choice.by == KIND else own
        return tuple(
            Scope(choice.company.id, **{**choice.base, **dimensions})
            for dimensions in (spent, sold)
        )

    def sort(self, records, key):
        """Return the records from the top of the tree down, siblings by a key.

        :return: list of (record, its depth, ids of its siblings)
        """
        children = defaultdict(list)
        for record in records:
            above = record[record._parent_name] if self.is_tree else None
            children[above.id if above and above in records else 0].append(record)
        rows = []
        self._descend(children, 0, 0, key, rows)
        return rows

    def _descend(self, children, above, depth, key, rows):
        siblings = sorted(children[above], key=key)
        for record in siblings:
            others = [other for other in siblings if other != record]
            rows.append((record, depth, others))
            self._descend(children, record.id, depth + 1, key, rows)
