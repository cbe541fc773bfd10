# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from dataclasses import dataclass

from odoo import models
from odoo.fields import Domain
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Scope, allocate, draw_bars

from ..tools import get_branches
from .own_targets import find_own_targets, get_path

# Number of parts shown individually; smaller ones are grouped.
SHOWN = 10


def split_shown(parts):
    """Return the parts that are shown individually, and the others; never one alone."""
    count = len(parts) if len(parts) == SHOWN + 1 else SHOWN
    return parts[:count], parts[count:]


def _drop_noise(figure):
    """Round a sum of floats to remove floating-point noise."""
    return float_round(figure, precision_digits=6)


@dataclass
class Contribution:
    """Contribution of a part of a scope. Only ratios have denominators."""

    kind: str
    ids: list
    numerators: list  # now, before
    denominators: list | None = None
    name: str = ""
    targets: models.BaseModel | None = None
    reference: float = 0.0
    deviation: float = 0.0

    def add(self, other):
        """Add another part to this one."""
        self.numerators = self._sum(self.numerators, other.numerators)
        if self.denominators:
            self.denominators = self._sum(self.denominators, other.denominators)
        self.ids = self.ids + other.ids
        self.reference = _drop_noise(self.reference + other.reference)
        self.deviation = _drop_noise(self.deviation + other.deviation)

    @staticmethod
    def _sum(*rows):
        return [_drop_noise(sum(pair)) for pair in zip(*rows, strict=True)]


class Contributions:
    """Breaks a deviation down into the parts of a dimension (policy 2.2.2).

    The rows always add up exactly to the deviation: a separate row holds amounts that
    belong to none of the parts, or to several of them.

    - Sums: deviation = actual less expected. A part with a target of its own is
      measured against it; the remainder of the whole target is allocated to the other
      parts in proportion to last year.
    - Rates: r = N ÷ D deviates from a reference rate R by the sum of (n − R × d) ÷ D
      over the parts, each the effect of a part deviating from the reference rate.

    :param gap: a ``sales.target.gap`` record
    """

    def __init__(self, gap):
        gap.ensure_one()
        self.env = gap.env
        self._gap = gap
        self._target = gap.target_id

    def get_parts(self):
        """Measure the parts in one evaluation.

        :return: the :class:`Contribution` of the whole, and a list of those of the
            largest parts, the other parts together, and the remainder
        """
        numerator, denominator, factor = self._get_measures()
        own = find_own_targets(self._target, self._gap.dimension)
        scopes = self._get_part_scopes(own)
        spans = self._gap._get_spans()
        whole_scope = self._target._get_scope()
        values = (numerator | denominator)._evaluate(
            [whole_scope, *scopes.values()], spans
        )

        def measure(kind, ids, scope):
            figures = [
                [
                    self._round_figure(metric, values[metric.id, scope, span])
                    for span in spans
                ]
                for metric in (numerator, *denominator)
            ]
            return Contribution(kind, ids, *figures)

        whole = measure("whole", [], whole_scope)
        parts = [
            measure("member", record.ids, scope) for record, scope in scopes.items()
        ]
        leaves = Counter(record.name for record in scopes)
        for part, record in zip(parts, scopes, strict=True):
            # The path is what all of them share.
            is_clear = leaves[record.name] == 1
            part.name = record.name if is_clear else record.display_name
            part.targets = own.get(record)
        rest = Contribution(
            "rest",
            [id_ for part in parts for id_ in part.ids],
            self._subtract(whole, parts, "numerators"),
            self._subtract(whole, parts, "denominators") if denominator else None,
            name=self.env._("In none of these"),
        )
        if denominator:
            self._compare_rates(whole, [*parts, rest], factor)
        else:
            self._compare_sums(whole, parts, rest, own)
        return whole, self._select([*parts, rest], whole)

    def get_whole(self):
        """Return the :class:`Contribution` of the whole, for any kind of metric."""
        metric, scope = self._target.metric_id, self._target._get_scope()
        spans = self._gap._get_spans()
        values = metric._evaluate([scope], spans)
        whole = Contribution(
            "whole", [], [values[metric.id, scope, span] for span in spans]
        )
        actual, whole.reference = (figure or 0.0 for figure in whole.numerators)
        if self._gap.comparison == "target":
            whole.reference = self._get_expected_of_target()
        whole.deviation = self._target._round(actual - whole.reference)
        return whole

    def _get_expected_of_target(self):
        target = self._target
        return target._get_expected(self._gap.date_from, self._gap.date_to)[target]

    def _get_measures(self):
        """Return the numerator, the denominator (if any) and the factor."""
        metric = self._target.metric_id
        if metric.kind != "ratio":
            return metric, metric.browse(), 1
        factor = 100 if metric.unit == "percent" else 1
        return metric.numerator_id, metric._get_denominator(), factor

    def is_divisible(self):
        """:return: whether the deviation can be broken down into parts of the scope"""
        metric = self._target.metric_id
        if metric.kind == "ratio":
            parts = metric.numerator_id | metric.denominator_id
            return {"ratio", "growth"}.isdisjoint(parts.mapped("kind"))
        return metric._is_additive() or metric.kind == "distinct"

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    def _get_part_scopes(self, own):
        """Return the parts with a target, or with sales in either period.

        :return: dict of a record of the dimension -> :class:`Scope`
        """
        target, name = self._target, self._gap.dimension
        domains = [
            target._get_figures_domain(span.start, span.end)
            for span in self._gap._get_spans()
        ]
        # sudo: users who may see a target may see its facts
        facts = self.env["sales.fact"].sudo()
        leaves = (
            self.env[facts._fields[name].comodel_name]
            .sudo()
            .union(
                *(
                    record
                    for [record] in facts._read_group(domains[0] | domains[1], [name])
                )
            )
        )
        leaves = leaves.exists().union(*own)
        if "parent_path" in leaves._fields:
            leaves = leaves.browse(
                get_branches(
                    [get_path(leaf) for leaf in leaves], [record.id for record in own]
                )
            )
        dimensions = target._get_scope_ids()
        return {
            record: Scope(target.company_id.id, **dimensions | {name: record.id})
            for record in leaves
        }

    # ------------------------------------------------------------------
    # Comparison
    # ------------------------------------------------------------------

    def _round_figure(self, metric, value):
        step = metric._get_step(self._target.company_id)
        return float_round(value or 0, precision_rounding=step)

    def _subtract(self, whole, parts, names):
        """Return the remainder outside all parts (if negative, counted by several)."""
        totals = getattr(whole, names)
        return [
            _drop_noise(total - sum(getattr(part, names)[n] for part in parts))
            for n, total in enumerate(totals)
        ]

    def _compare_sums(self, whole, parts, rest, own):
        round_ = self._target._round
        if self._gap.comparison == "last_year":
            for part in [whole, *parts, rest]:
                part.reference = part.numerators[1]
        else:
            self._expect(whole, parts, rest, own)
        for part in [whole, *parts, rest]:
            part.deviation = round_(part.numerators[0] - part.reference)

    def _expect(self, whole, parts, rest, own):
        """Set the expected value of each part; together they equal the target."""
        target = self._target
        everybody = target.union(*own.values())
        expected = everybody._get_expected(self._gap.date_from, self._gap.date_to)
        whole.reference = remainder = expected[target]
        others = []
        for part in [*parts, rest]:
            if part.targets:
                part.reference = sum(expected[target_] for target_ in part.targets)
                remainder -= part.reference
            else:
                others.append(part)
        remainder = target._round(remainder)
        weights = [max(part.numerators[1], 0) for part in others]
        if remainder > 0 and any(weights):
            shares = allocate(remainder, weights, target._get_step())
            for part, share in zip(others, shares, strict=True):
                part.reference = share
        else:
            rest.reference = remainder

    def _compare_rates(self, whole, parts, factor):
        target = self._target
        total = whole.denominators[0]
        actual = self._divide(whole, 0, factor)
        if self._gap.comparison == "last_year":
            whole.reference = self._divide(whole, 1, factor) or 0.0
        else:
            whole.reference = self._get_expected_of_target()
        whole.deviation = target._round((actual or 0.0) - whole.reference)
        # Round the running total instead of each part, so that the parts add up.
        running = 0.0
        for part in parts:
            part.reference = whole.reference
            if total:
                before = target._round(running)
                running += factor * part.numerators[0] / total
                running -= whole.reference * part.denominators[0] / total
                part.deviation = target._round(target._round(running) - before)

    @staticmethod
    def _divide(part, place, factor=1):
        """:return: the value of a part, None if the denominator of a rate is 0"""
        if part.denominators is None:
            return part.numerators[place]
        if not part.denominators[place]:
            return None
        return factor * part.numerators[place] / part.denominators[place]

    def _select(self, parts, whole):
        """Keep the largest parts, the main drivers of the deviation first."""
        rest = parts.pop()
        parts = [part for part in parts if self._counts(part)]
        parts.sort(key=lambda part: (-abs(part.deviation), part.ids))
        shown, small = split_shown(parts)
        sign = -1 if whole.deviation < 0 else 1
        shown.sort(key=lambda part: -sign * part.deviation)
        if small:
            others = Contribution("others", [], [0, 0], whole.denominators and [0, 0])
            for part in small:
                others.add(part)
            if whole.denominators:
                others.reference = whole.reference
            others.name = self.env._("%(count)s others", count=len(small))
            shown.append(others)
        return shown + [rest] * self._counts(rest)

    def _counts(self, part):
        figures = [*part.numerators, part.deviation]
        figures += [part.reference] if part.denominators is None else part.denominators
        return any(figures)

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def get_figures(self, whole):
        """:return: the value of the whole now and a year before, None if the
        denominator of a rate is 0"""
        factor = self._get_measures()[2]
        return [self._divide(whole, place, factor) for place in (0, 1)]

    def prepare_lines(self, whole, parts):
        """:return: values of the lines for the parts"""
        factor = self._get_measures()[2]
        bars = draw_bars([(0, part.deviation) for part in parts])
        return [
            {
                "section": "scope",
                "kind": part.kind,
                "name": part.name,
                "dimension": self._gap.dimension,
                "res_id": part.ids[0] if part.kind == "member" else False,
                "child_id": part.targets[:1].id if part.targets else False,
                "domain": list(self._get_part_domain(part)),
                "has_actual": self._divide(part, 0, factor) is not None,
                "actual": self._divide(part, 0, factor) or 0.0,
                "last_year": self._divide(part, 1, factor) or 0.0,
                "reference": part.reference,
                "deviation": part.deviation,
                "share": 100 * part.deviation / whole.deviation
                if whole.deviation
                else 0.0,
                "bar_start": start,
                "bar_end": end,
            }
            for part, (start, end) in zip(parts, bars, strict=True)
        ]

    def _get_part_domain(self, part):
        """:return: domain of the facts of a part within the scope"""
        name = self._gap.dimension
        comodel = self.env[self.env["sales.fact"]._fields[name].comodel_name]
        inside = Domain(name, "child_of" if comodel._parent_store else "in", part.ids)
        if part.kind == "rest":
            return Domain(name, "=", False) | ~inside
        return inside
