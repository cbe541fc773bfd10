# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Scope, draw_steps

from ..tools import PARTS, Item, Variance, decompose
from .contributions import split_shown
from .own_targets import find_own_targets

# Measures with a unit price: amounts of money per quantity
PRICED = ("amount", "margin")


class Variances:
    """Price, volume and mix of a deviation (policy 2.2.2), see ``decompose``.

    - Against last year: by product, or by product line for sales without a product.
    - Against the target: by the product lines with both an amount target and a quantity
      target; the rest of the scope forms one more line.

    For margins, only quantities with a known margin count: an unknown margin must not
    look like a lower price, so it is left out of the volume.

    :param gap: a ``sales.target.gap`` record
    """

    def __init__(self, gap):
        gap.ensure_one()
        self.env = gap.env
        self._gap = gap
        self._target = gap.target_id

    def _decompose(self):
        """Decompose the deviation.

        :return: dict key -> (name, :class:`Item`, :class:`Variance`); a key is the
            dimension and the id, (False, False) if there is none
        """
        if self._gap.comparison == "last_year":
            items = self._get_products()
        else:
            items = self._get_budgeted_lines()
        variances = decompose(items, self._target._get_step())
        names = self._get_names(items)
        return {key: (names[key], items[key], variances[key]) for key in items}

    def get_obstacle(self):
        """:return: why the deviation cannot be decomposed, or an empty string"""
        metric = self._target.metric_id
        if metric.kind != "sum" or metric.measure not in PRICED:
            return self.env._(
                "Price, volume and mix need an amount. %(metric)s is not one: open"
                " the target of an amount.",
                metric=metric.name,
            )
        if self._gap.comparison == "target" and not self._get_quantity_target():
            return self.env._(
                "There is no budget price: add a target of a quantity that counts the"
                " same events for the same scope to this plan, or compare with last"
                " year."
            )
        return ""

    # ------------------------------------------------------------------
    # Last year
    # ------------------------------------------------------------------

    def _get_products(self):
        """:return: dict key -> :class:`Item` of sales now or a year before"""
        target = self._target
        sums = defaultdict(lambda: [0.0] * 4)
        # sudo: users who may see a target may see its facts
        facts = self.env["sales.fact"].sudo()
        measure = target.metric_id.measure
        # Quantities without a known margin would understate the margin per unit.
        is_known = Domain.custom(
            to_sql=lambda fact, alias, query: SQL(
                "%s IS NOT NULL", fact._field_to_sql(alias, measure, query)
            )
        )
        for place, span in zip((2, 0), self._gap._get_spans(), strict=True):
            groups = facts._read_group(
                target._get_figures_domain(span.start, span.end) & is_known,
                ["product_id", "categ_id"],
                [f"{measure}:sum", "quantity:sum"],
            )
            for product, category, amount, quantity in groups:
                key = (False, False)
                if product:
                    key = ("product_id", product.id)
                elif category:
                    key = ("categ_id", category.id)
                sums[key][place] += amount or 0.0
                sums[key][place + 1] += quantity or 0.0
        return {
            key: Item(
                target._round(before),
                self._round_quantity(quantity_before),
                target._round(amount),
                self._round_quantity(quantity),
            )
            for key, (before, quantity_before, amount, quantity) in sums.items()
        }

    def _round_quantity(self, quantity):
        # Remove float noise from sums, so that 0 is 0.
        return round(quantity, 6)

    # ------------------------------------------------------------------
    # Target
    # ------------------------------------------------------------------

    def _get_quantity_target(self):
        """:return: the matching quantity target of the amount target; none or one"""
        target = self._target
        metric = target.metric_id
        # sudo: users who may see the whole may see its parts
        candidates = target.sudo().search(
            [
                ("plan_id", "=", target.plan_id.id),
                ("metric_id.kind", "=", "sum"),
                ("metric_id.measure", "=", "quantity"),
                *((name, "=", id_) for name, id_ in target._get_scope_ids().items()),
            ]
        )
        return candidates.filtered(
            lambda other: other.metric_id.event_ids == metric.event_ids
            and (other.metric_id.domain or "[]") == (metric.domain or "[]")
        )[:1]

    def _get_budgeted_lines(self):
        """:return: dict key -> :class:`Item` of each product line and the remainder"""
        target, quantity_target = self._target, self._get_quantity_target()
        pair = (target, quantity_target)
        own, own_quantities = (find_own_targets(whole, "categ_id") for whole in pair)
        both = [category for category in own if category in own_quantities]
        everything = (target | quantity_target).union(
            *(own[category] | own_quantities[category] for category in both)
        )
        expected = everything._get_expected(self._gap.date_from, self._gap.date_to)
        dimensions = target._get_scope_ids()
        scopes = {
            category: Scope(
                target.company_id.id, **dimensions | {"categ_id": category.id}
            )
            for category in both
        }
        span = self._gap._get_spans()[0]
        metric, quantity = target.metric_id, quantity_target.metric_id
        if metric._get_margin_part():
            quantity = quantity._restrict_to_known_margin()
        metrics = (metric, quantity)
        whole_scope = target._get_scope()
        values = target.metric_id.union(*metrics)._evaluate(
            [whole_scope, *scopes.values()], [span]
        )

        def get_item(targets, scope):
            figures = []
            for parts in targets:
                figures.append(sum(expected[part] for part in parts))
            for whole, metric in zip(pair, metrics, strict=True):
                figures.append(whole._round(values[metric.id, scope, span] or 0.0))
            return Item(*figures)

        items = {
            ("categ_id", category.id): get_item(
                (own[category], own_quantities[category]), scopes[category]
            )
            for category in both
        }
        whole = get_item(pair, whole_scope)
        rest = Item(
            *(
                round(total - sum(item[place] for item in items.values()), 6)
                for place, total in enumerate(whole)
            )
        )
        if any(rest):
            items[False, False] = rest
        return items

    # ------------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------------

    def _get_names(self, keys):
        ids = defaultdict(list)
        for dimension, id_ in keys:
            ids[dimension].append(id_)
        names = {
            (False, False): self.env._("Everything else")
            if len(keys) > 1
            else self.env._("Everything")
        }
        for dimension in filter(None, ids):
            # sudo: names only; a sold product may belong to another company
            records = self.env[self.env["sales.fact"]._fields[dimension].comodel_name]
            for record in records.sudo().browse(ids[dimension]).exists():
                names[dimension, record.id] = record.display_name
        return {key: names.get(key, names[False, False]) for key in keys}

    def prepare_lines(self):
        """:return: values of the lines for parts and items"""
        variances = self._decompose()
        return self._prepare_parts(variances) + self._prepare_items(variances)

    def _prepare_parts(self, variances):
        """Prepare the steps from the earlier amount to the present one."""
        rows = [(key, variance) for key, (_name, _item, variance) in variances.items()]
        items = [item for _name, item, _variance in variances.values()]
        round_ = self._target._round
        before = round_(sum(item.amount_before for item in items))
        sums = {
            part: round_(sum(getattr(variance, part) for _key, variance in rows))
            for part in PARTS
        }
        keys = {
            part: [key for key, variance in rows if getattr(variance, part)]
            for part in PARTS
        }
        # Always show the first three; show the others only if they are not 0.
        parts = [part for part in PARTS if part in PARTS[:3] or keys[part]]
        labels = dict(self._gap._fields["comparison"]._description_selection(self.env))
        bars = draw_steps(before, [sums[part] for part in parts])
        lines = [
            {
                "kind": "before",
                "name": labels[self._gap.comparison],
                "deviation": before,
            },
            *(
                {
                    "kind": part,
                    "deviation": sums[part],
                    "domain": list(self._get_items_domain(keys[part], variances)),
                }
                for part in parts
            ),
            {
                "kind": "after",
                "deviation": round_(sum(item.amount for item in items)),
                "domain": [],
            },
        ]
        return [
            {"section": "part", "bar_start": start, "bar_end": end, **line}
            for line, (start, end) in zip(lines, bars, strict=True)
        ]

    def _prepare_items(self, variances):
        """Prepare a line for each of the largest items and one for the others."""
        keys = sorted(
            variances,
            key=lambda key: (-abs(sum(variances[key][2])), key[0] or "", key[1]),
        )
        shown, small = split_shown(keys)
        lines = []
        for key in shown:
            name, item, variance = variances[key]
            line = self._prepare_item(name, [key], item, variance, variances)
            lines.append({**line, "dimension": key[0], "res_id": key[1]})
        if small:
            items, parts = (
                [variances[key][place] for key in small] for place in (1, 2)
            )
            name = self.env._("%(count)s others", count=len(small))
            item, variance = (
                type_(*map(sum, zip(*rows, strict=True)))
                for type_, rows in ((Item, items), (Variance, parts))
            )
            lines.append(self._prepare_item(name, small, item, variance, variances))
        return lines

    def _prepare_item(self, name, keys, item, variance, variances):
        round_ = self._target._round
        quantities = (item.quantity_before, item.quantity)
        prices = [
            round_(amount / quantity) if quantity > 0 else 0.0
            for amount, quantity in zip(
                (item.amount_before, item.amount), quantities, strict=True
            )
        ]
        variance = Variance(*map(round_, variance))
        return {
            "section": "item",
            "kind": "item" if len(keys) == 1 else "others",
            "name": name,
            "domain": list(self._get_items_domain(keys, variances)),
            "reference": round_(item.amount_before),
            "actual": round_(item.amount),
            "quantity_before": item.quantity_before,
            "quantity": item.quantity,
            "price_before": prices[0],
            "price": prices[1],
            "volume_effect": variance.volume,
            "mix_effect": variance.mix,
            "price_effect": variance.price,
            "other_effect": round_(sum(variance[3:])),
            "deviation": round_(sum(variance)),
        }

    def _get_items_domain(self, keys, variances):
        """:return: domain of the facts of the given items within the scope"""
        ids = defaultdict(list)
        for dimension, id_ in keys:
            ids[dimension].append(id_)
        lines = Domain("categ_id", "in", ids["categ_id"])
        if self._gap.comparison == "target":
            lines = Domain("categ_id", "child_of", ids["categ_id"])
            everything = [key[1] for key in variances if key[1]]
            rest = ~Domain("categ_id", "child_of", everything)
            nameless = Domain("categ_id", "=", False) | rest
            return lines | nameless if False in ids else lines
        no_product = Domain("product_id", "=", False)
        if False in ids:
            lines |= Domain("categ_id", "=", False)
        return Domain("product_id", "in", ids["product_id"]) | (no_product & lines)
