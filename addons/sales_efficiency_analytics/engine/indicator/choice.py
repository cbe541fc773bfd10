# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice
from odoo.addons.sales_efficiency_base.tools import Period

DAY = timedelta(days=1)


class IndicatorChoice(Choice):
    """Whose indicators the board shows, of when, and by which parts it explains them.

    The scope of the user can be narrowed to one record of a dimension of the monthly
    cells: a region, a team, a person, a product line, a channel. Only records with
    figures within that scope can be chosen.

    ``asked`` may also have ``dimension`` and ``record_id``, and ``by`` (the dimension
    of the parts).
    """

    def __init__(self, env, asked):
        self._narrowed = {}
        super().__init__(env, asked)
        self.dimension = self._take(asked.get("dimension"), self.dimensions, False)
        self.records = self.find_records(self.dimension)
        self.record_id = self._take(asked.get("record_id"), self.records.ids, False)
        if self.record_id:
            self._narrowed = {self.dimension: [self.record_id]}
        self.by = self._take(asked.get("by"), self.parts, self._get_usual_parts())

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    @property
    def place(self):
        """The dimensions of the scope: dict of name → ids"""
        return self._get_dimensions()

    @cached_property
    def dimensions(self):
        """The dimensions to choose from: dict of name → label"""
        fixed = self._get_dimensions()
        return {
            name: label
            for name, label in self._labels.items()
            if name not in fixed or self._facts._is_tree(name)
        }

    @property
    def parts(self):
        """The dimensions by which the scope can be divided: dict of name → label"""
        return {
            name: label
            for name, label in self.dimensions.items()
            if name not in self._narrowed
        }

    def find_records(self, name):
        """Return the records of a dimension that have figures in the scope, in this and
        the previous year; of a tree, those above them as well.

        :param name: the dimension; False for none
        """
        if not name:
            return self.env["sales.region"]
        ids = self._find_ids(name)
        records = self.env[self._facts._fields[name].comodel_name]
        domain = Domain("id", "in", ids)
        if self._facts._is_tree(name):
            domain = Domain("id", "parent_of", ids)
            if within := self._get_dimensions().get(name):
                domain &= Domain("id", "child_of", within)
        records = records.with_context(active_test=False).search(domain)
        return records.sorted("display_name")

    def find_parts(self):
        """Return the records that divide the scope: those that have figures, without
        those above others."""
        ids = self._find_ids(self.by)
        records = self.env[self._facts._fields[self.by].comodel_name].browse(ids)
        if self._facts._is_tree(self.by):
            above = {
                int(step)
                # sudo: only where they stand; figures may be of a channel that the user
                # may not read.
                for record in records.sudo()
                for step in (record.parent_path or "").split("/")[:-2]
            }
            records = records.filtered(lambda record: record.id not in above)
        return records

    @cached_property
    def _facts(self):
        return self.env["sales.fact"]

    @cached_property
    def _labels(self):
        return {
            name: self._facts._fields[name]._description_string(self.env)
            for name in self._facts._get_dimensions()
            if getattr(self._facts._fields[name], "in_cells", False)
        }

    def _find_ids(self, name):
        """:return: ids of the records of a dimension that have figures in the scope"""
        first, last = self.spans["year"][0], self.spans["year"][-1]
        domain = self.get_facts_domain(Period(first.start, last.end))
        groups = self._facts._read_group(domain & Domain(name, "!=", False), [name])
        return [record.id for [record] in groups]

    def _get_usual_parts(self):
        """:return: the next narrower part of the organization, else any"""
        inner = self._facts._get_dimensions_of("organization")
        chosen = [place for place, name in enumerate(inner) if name in self.place]
        narrower = inner[max(chosen) + 1 :] if chosen else inner
        return next(
            (name for name in (*narrower, *self.parts) if name in self.parts), False
        )

    def _get_dimensions(self):
        return super()._get_dimensions() | self._narrowed

    # ------------------------------------------------------------------
    # Periods
    # ------------------------------------------------------------------

    @property
    def span(self):
        """The days of the period that have begun"""
        return self.period.until(self.today)

    @property
    def last_year(self):
        return self.span.previous_year()

    @property
    def before(self):
        """The same days of the period before; None for years, whose last year is
        that."""
        makers = {
            "month": Period.month,
            "quarter": lambda day: Period.quarter(day, self.company),
        }
        if self.kind not in makers:
            return None
        whole = makers[self.kind](self.period.start - DAY)
        if self.span == self.period:
            return whole
        days = self.span.end - self.span.start
        return Period(whole.start, min(whole.start + days, whole.end))

    # ------------------------------------------------------------------
    # Client
    # ------------------------------------------------------------------

    def describe(self):
        return super().describe() | {
            "dimensions": self._list(self.dimensions),
            "dimension": self.dimension,
            "records": [
                {"id": record.id, "name": record.display_name}
                for record in self.records
            ],
            "record_id": self.record_id,
            "parts": self._list(self.parts),
            "by": self.by,
        }

    @staticmethod
    def _list(labels):
        return [{"id": name, "name": label} for name, label in labels.items()]
