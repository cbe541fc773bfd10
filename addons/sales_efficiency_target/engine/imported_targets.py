# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from odoo.tools import float_compare

from odoo.addons.sales_efficiency_base.engine import get_key
from odoo.addons.sales_efficiency_base.tools import format_period

from .levels import by_level


@dataclass
class ImportedTarget:
    """A target in a file.

    - values: plan, metric and dimensions, by id
    - amounts: dict month -> figure
    - numbers: dict month -> number of the row in the draft, from 0
    - parents: dict name of the parent in the file -> number of the first such row
    - target: the target of the plan, or an unsaved one
    """

    values: dict
    amounts: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    parents: dict = field(default_factory=dict)
    target: object = None

    @property
    def first(self):
        return min(self.numbers.values())


class ImportedTargets:
    """The targets that the rows of an import add up to, compared with their plans.

    :param draft: :class:`.ImportDraft` of targets, whose names are all known
    """

    def __init__(self, draft):
        self.draft, self.env = draft, draft.env
        self.dimensions = tuple(self.env["sales.target"]._get_dimensions())
        self.imported = {}  # key -> ImportedTarget
        self.keys = {}  # number of the row -> key
        self._group()
        self._load()
        self.new = [i for i in self.imported.values() if not i.target.id]

    def _get_key(self, record):
        return (
            record["plan_id"],
            record["metric_id"],
            *(record[name] for name in self.dimensions),
        )

    def _group(self):
        """Group the rows by plan, metric and scope."""
        for number, row in enumerate(self.draft.rows):
            values = self.draft.subject._get_scope(self.draft, row.values)
            month, amount = row.values.get("month"), row.values.get("amount")
            if month is None or amount is None:
                continue
            # Rates and counts are no thousands.
            metric = self.env["sales.metric"].browse(values["metric_id"])
            if metric.unit == "currency":
                amount *= self.draft.record.factor
            key = self.keys[number] = self._get_key(values)
            imported = self.imported.setdefault(key, ImportedTarget(values))
            if parent := row.values.get("parent_id"):
                imported.parents.setdefault(parent, number)
            if month in imported.amounts:
                self._refuse(
                    number,
                    self.env._("A target has one figure for each month."),
                    "month",
                )
            imported.numbers.setdefault(month, number)
            imported.amounts.setdefault(month, amount)

    def _load(self):
        """Find the targets of the plans, and make unsaved ones of those missing."""
        plans = {imported.values["plan_id"] for imported in self.imported.values()}
        targets = self.env["sales.target"].search([("plan_id", "in", list(plans))])
        self.present = {
            (
                target.plan_id.id,
                target.metric_id.id,
                *(target[name].id for name in self.dimensions),
            ): target
            for target in targets
        }
        for key, imported in self.imported.items():
            imported.target = self.present.get(key)
            if not imported.target:
                imported.target = self.env["sales.target"].new(imported.values)
        self._names = {
            key: imported.target._get_scope_name()
            for key, imported in self.imported.items()
        }
        for key, imported in self.imported.items():
            if not imported.target.id and not imported.parents:
                imported.target.parent_id = self._find_parent(key, imported)
        for key, imported in self.imported.items():
            if imported.parents:
                parent = self._find_named_parent(key, imported)
                if not imported.target.id:
                    imported.target.parent_id = parent

    def get_name(self, number):
        """:return: what the target of a row is called, without its metric"""
        return self._names.get(self.keys.get(number), "")

    # ------------------------------------------------------------------
    # Parents
    # ------------------------------------------------------------------

    def _find_named_parent(self, key, imported):
        """:return: the target that the file names as parent; none, and the cell is bad,
        if it cannot be that"""
        (text, number), *others = imported.parents.items()
        target, parents = imported.target, self._called[(*key[:2], get_key(text))]
        if others:
            number = others[0][1]
            reason = self.env._("A target is part of one other target.")
        elif not parents:
            reason = self.env._(
                "%(name)s is no target of the same plan and metric, neither of the plan"
                " nor of the file.",
                name=text,
            )
        elif len(parents) > 1:
            reason = self.env._(
                "%(count)s targets are called %(name)s. Leave the column out, and"
                " choose the parent in the plan.",
                count=len(parents),
                name=text,
            )
        elif target.id and target.parent_id != parents[0]:
            reason = self.env._(
                "%s is there already, with another parent. Change it in the plan.",
                target.display_name,
            )
        elif self._is_above(target, parents[0]):
            reason = self.env._("%s would be part of itself.", target.display_name)
        else:
            return parents[0]
        self._refuse(number, reason, "parent_id")
        return self.env["sales.target"]

    @cached_property
    def _called(self):
        """dict (plan, metric, name as lists show it, with or without its metric) ->
        the targets of the plan and of the file that are called like this"""
        targets = self.present | {
            key: imported.target for key, imported in self.imported.items()
        }
        called = defaultdict(list)
        for key, target in targets.items():
            names = (target.display_name, target._get_scope_name())
            for name in {*map(get_key, names)}:
                called[(*key[:2], name)].append(target)
        return called

    @staticmethod
    def _is_above(target, other):
        """:return: whether a target is another one, or above it"""
        while other and other != target:
            other = other.parent_id
        return bool(other)

    def _find_parent(self, key, imported):
        """:return: the narrowest target of the same plan and metric around a new one"""
        plan, metric = key[:2]
        options = self._get_wider(imported.target)
        ranked = sorted(
            product(*options), key=lambda places: sum(rank for rank, _ids in places)
        )
        for places in ranked[1:]:
            values = dict.fromkeys(self.dimensions, False)
            for _rank, ids in places:
                values |= ids
            wider = (plan, metric, *(values[name] for name in self.dimensions))
            if wider == key:
                continue
            if target := self.present.get(wider):
                return target
            if wider in self.imported:
                return self.imported[wider].target
        return self.env["sales.target"]

    def _get_wider(self, target):
        """:return: for the organization, and for each other dimension, the places that
        include the target's: list of (how much wider, dict dimension -> id)"""
        organization = target._get_dimensions_of("organization")
        places, given = [], {n: target[n].id for n in organization if target[n]}
        places.append(given)
        # Narrowest first: person, their teams, the regions of these
        for name in reversed(organization):
            for place in target._get_place(name):
                places += [{name: id_} for id_ in self._get_ancestors(name, place)]
        options = [list(enumerate([*self._unique(places), {}]))]
        for name in self.dimensions:
            if name not in organization:
                own = [{name: i} for i in self._get_ancestors(name, target[name])]
                options.append(list(enumerate([*own, {}])))
        return options

    def _get_ancestors(self, name, place):
        """:return: ids of a place and those above it, itself first"""
        if not place:
            return []
        if self.env["sales.target"]._is_tree(name):
            return [int(id_) for id_ in reversed(place.parent_path.split("/")[:-1])]
        return place.ids

    @staticmethod
    def _unique(places):
        return [place for n, place in enumerate(places) if place not in places[:n]]

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def check(self):
        """Add what is wrong to the draft."""
        for imported in self.imported.values():
            self._check_plan(imported)
            self._check_amounts(imported)
        targets = self.env["sales.target"].concat(*(new.target for new in self.new))
        misfits = targets._get_misfits()
        for new in self.new:
            if reason := misfits.get(new.target):
                self._refuse(new.first, reason, "parent_id" if new.parents else None)
        for imported in self.imported.values():
            if imported.target.id and imported.target.is_decided_above:
                self._refuse(imported.first, imported.target._get_decided_above())

    def _check_plan(self, imported):
        plan = imported.target.plan_id
        if plan.state != "draft":
            reason = self.env._(
                "The targets of %(plan)s are in force. Request an adjustment instead"
                " of importing a file.",
                plan=plan.name,
            )
            self._refuse(imported.first, reason, "plan_id")
        months = set(plan._get_months())
        for month, number in imported.numbers.items():
            if month not in months:
                reason = self.env._(
                    "%(month)s is not a month of %(plan)s.",
                    month=format_period(self.env, month),
                    plan=plan.name,
                )
                self._refuse(number, reason, "month")

    def _check_amounts(self, imported):
        months = self.env["sales.target.month"]
        for month, amount in imported.amounts.items():
            number = imported.numbers[month]
            if amount < 0:
                reason = self.env._("A target cannot be negative: %s.", amount)
                self._refuse(number, reason, "amount")
            elif not months._is_sales_value(months._fields["amount"], amount):
                field = months._fields["amount"]
                reason = months._explain_sales_input(field, amount)
                self._refuse(number, reason, "amount")
            rounded = imported.target._round(amount)
            # What the preview adds up is what is saved.
            imported.amounts[month] = rounded
            self.draft.rows[number].values["amount"] = rounded

    def _refuse(self, number, reason, name=None):
        self.draft.refuse(number, reason, name)

    # ------------------------------------------------------------------
    # What is there already
    # ------------------------------------------------------------------

    def find_existing(self):
        """:return: numbers of the rows whose month has a figure already"""
        found = set()
        for imported in self.imported.values():
            if imported.target.id:
                step = imported.target._get_step()
                for line in imported.target.month_ids:
                    number = imported.numbers.get(line.month)
                    if number is not None and (
                        line.amount
                        or not float_compare(
                            line.amount,
                            imported.amounts[line.month],
                            precision_rounding=step,
                        )
                    ):
                        found.add(number)
        return found

    def get_changes(self, left_out):
        """:return: dict (id of the target, month) -> figure; of targets that are there,
        as far as it is another one

        :param left_out: numbers of rows that do not count
        """
        changes = {}
        for imported in self.imported.values():
            if not imported.target.id:
                continue
            present = {line.month: line.amount for line in imported.target.month_ids}
            for month, amount in imported.amounts.items():
                is_new = imported.target._round(amount - present.get(month, 0.0))
                if is_new and imported.numbers[month] not in left_out:
                    changes[imported.target.id, month] = amount
        return changes

    def get_levels(self):
        """:return: the new targets by level, parents first"""
        by_target = {new.target: new for new in self.new}
        levels = by_level({target: target.parent_id for target in by_target})
        return [[by_target[target] for target in level] for level in levels]
