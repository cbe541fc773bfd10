# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from typing import NamedTuple

from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Period

from .budget_shares import share_months, share_parts


class DraftRow(NamedTuple):
    """A budget that follows from a sales target or from planned costs; without a
    source it is that of the whole company."""

    kind: object
    source: object
    parent: int | None
    ratio: float
    sales: list
    months: list


class BudgetDraft:
    """Derives budgets from sales targets: a ratio of their months for each kind of
    expense, and what other plans will cost (policy 5.3.1).

    :param plan: the ``sales.target.plan`` of the sales targets
    :param metric: metric of the targets to derive from
    :param ratios: dict ``sales.expense.kind`` -> ratio in percent
    :param costs: dict ``sales.expense.kind`` -> dict scope, as a tuple of (dimension,
        id) -> dict month -> planned cost
    :param str depth: how far down the targets of the organization are followed:
        ``top``, ``team`` or ``all``
    """

    def __init__(self, plan, metric, ratios, costs=None, depth="top"):
        self.env = plan.env
        self._plan = plan
        self._ratios = ratios
        self._costs = costs or {}
        self._depth = depth
        self._step = plan.currency_id.rounding
        self._targets = self.env["sales.target"].search(
            [("plan_id", "=", plan.id), ("metric_id", "=", metric.id)]
        )
        self._figures = self._targets._get_month_amounts()

    def get_sources(self):
        """Return the topmost targets, of which the ratios are taken: that of the
        company if there is one, as it contains the others."""
        topmost = self._targets.filtered(lambda t: t.parent_id not in self._targets)
        whole = topmost.filtered(lambda t: not any(t._get_scope_ids().values()))
        return whole or topmost

    def get_rows(self):
        """:return: list of :class:`DraftRow`, parents before their parts"""
        groups = {kind: self._derive_rows(kind) for kind in self._list_kinds()}
        outside = {kind: self._add_costs(kind, rows) for kind, rows in groups.items()}
        has_whole = any(map(any, outside.values()))
        rows = []
        for kind, group in groups.items():
            if has_whole:
                group.append(self._sum_up_row(kind, group, outside[kind]))
            if kind not in self._ratios:
                group = [row for row in group if any(row.months)]
            rows += [
                row if row.parent is None else row._replace(parent=row.parent + offset)
                for offset in [len(rows)]
                for row in group
            ]
        return rows

    def _derive_rows(self, kind):
        """:return: the rows of a kind, without planned costs"""
        ratio, rows = self._ratios.get(kind, 0.0), []
        for source in self.get_sources():
            sales = self._get_sales(source)
            shares = share_months(sales, ratio, self._step)
            rows.append(DraftRow(kind, source, None, ratio, sales, shares))
            if ratio:
                self._add_parts(rows, len(rows) - 1, list(shares))
        return rows

    def _add_costs(self, kind, rows):
        """Add planned costs to the rows of their scope and to those above.

        :return: months of the costs that lie in none of them
        """
        months = self._plan._get_months()
        outside = [0.0] * len(months)
        for scope, costs in self._costs.get(kind, {}).items():
            amounts = [costs.get(month, 0.0) for month in months]
            place = self._find_row(rows, scope)
            if place is None:
                outside = self._add(outside, amounts)
            while place is not None:
                rows[place].months[:] = self._add(rows[place].months, amounts)
                place = rows[place].parent
        return outside

    def _find_row(self, rows, scope):
        """:return: index of the narrowest row around a scope, None if there is none"""
        place = self.env["sales.target"].new(dict(scope))
        for number in range(len(rows) - 1, -1, -1):
            source = rows[number].source
            if all(
                place._is_inside(source, name)
                for name, id_ in source._get_scope_ids().items()
                if id_
            ):
                return number
        return None

    def _sum_up_row(self, kind, rows, outside):
        """:return: the row of the whole company: it contains the other topmost ones"""
        sales = months = [0.0] * len(outside)
        for row in rows:
            if row.parent is None:
                sales = self._add(sales, row.sales)
                months = self._add(months, row.months)
        months = self._add(months, outside)
        return DraftRow(kind, self._targets.browse(), None, 0.0, sales, months)

    def _add(self, some, others):
        return [
            float_round(sum(pair), precision_rounding=self._step)
            for pair in zip(some, others, strict=True)
        ]

    def _list_kinds(self):
        return list(dict.fromkeys([*self._ratios, *self._costs]))

    def _get_sales(self, target):
        return self._figures.get(target) or [0.0] * len(self._plan._get_months())

    def _add_parts(self, rows, place, shares):
        """Add the rows of the parts of a target, as far down as is asked for."""
        row = rows[place]
        parts = row.source.child_ids.filtered(
            lambda t: t in self._targets
            and t.breakdown == "organization"
            and self._is_followed(t)
        )
        figures = [self._get_sales(part) for part in parts]
        divided = share_parts(shares, row.sales, figures, row.ratio, self._step)
        for part, sales, months in zip(parts, figures, divided, strict=True):
            rows.append(DraftRow(row.kind, part, place, row.ratio, sales, months))
            self._add_parts(rows, len(rows) - 1, months)

    def _is_followed(self, target):
        return self._depth == "all" or (self._depth == "team" and not target.user_id)

    # ------------------------------------------------------------------
    # Budgets
    # ------------------------------------------------------------------

    def find_existing(self, into, rows):
        """Return the budgets that the rows would overwrite.

        :param into: the budget plan, or an empty recordset
        :return: dict index of the row -> ``sales.target``
        """
        budgets = self._index(into)
        return {
            number: budgets[key]
            for number, row in enumerate(rows)
            if (key := self._get_key(row.kind, row.source)) in budgets
        }

    def find_totals(self, into, rows):
        """:return: dict topmost sales target -> its budget of all kinds, if any"""
        budgets, nothing = self._index(into), self.env["sales.expense.kind"]
        return {
            row.source: budgets[key]
            for row in rows
            if row.parent is None
            and (key := self._get_key(nothing, row.source)) in budgets
        }

    def apply(self, into, metric, replaces):
        """Create the budgets in a plan, with a total above the kinds of each scope.

        :param into: a draft budget plan
        :param metric: metric of the budgets
        :param bool replaces: whether budgets that exist take the new months
        :return: the budgets that were created or changed
        """
        rows = self.get_rows()
        existing = self.find_existing(into, rows)
        found = self.find_totals(into, rows)
        totals = found | self._create_totals(into, metric, rows, found)
        placed = dict(existing)
        for numbers in self._get_levels(rows):
            missing = [number for number in numbers if number not in existing]
            parents = [
                totals[rows[number].source]
                if rows[number].parent is None
                else placed[rows[number].parent]
                for number in missing
            ]
            made = self._create(into, metric, parents, [rows[n] for n in missing])
            placed |= dict(zip(missing, made, strict=True))
        if replaces:
            for number, budget in existing.items():
                self._overwrite(budget, rows[number])
        for source, total in totals.items():
            # What was entered by hand may hold a reserve.
            if replaces or source not in found:
                self._sum_up(total)
        return self.env["sales.target"].union(
            *(b for number, b in placed.items() if replaces or number not in existing)
        )

    @staticmethod
    def _get_levels(rows):
        """:return: lists of the indexes of rows, level by level"""
        levels, depths = defaultdict(list), []
        for number, row in enumerate(rows):
            depths.append(0 if row.parent is None else depths[row.parent] + 1)
            levels[depths[-1]].append(number)
        return [levels[depth] for depth in sorted(levels)]

    def _index(self, plan):
        """:return: dict (kind id, other dimensions) -> budget of a plan"""
        budgets = self.env["sales.target"]
        if plan:
            budgets = budgets.search(
                [("plan_id", "=", plan.id), ("metric_id.is_expense", "=", True)]
            )
        kinds = budgets._get_expense_kinds()
        return {self._get_key(kinds[budget], budget): budget for budget in budgets}

    def _get_key(self, kind, target):
        scope = self._get_scope_ids(target) | {"expense_kind_id": kind.id}
        return tuple(sorted(scope.items()))

    @staticmethod
    def _get_scope_ids(target):
        if target:
            return target._get_scope_ids()
        return dict.fromkeys(target._get_dimensions(), False)

    def _create_totals(self, into, metric, rows, found):
        """:return: dict topmost sales target -> its new budget of all kinds"""
        nothing = self.env["sales.expense.kind"]
        top = {row.source: row for row in rows if row.parent is None}
        missing = {
            source: row._replace(kind=nothing)
            for source, row in top.items()
            if source not in found
        }
        company = self._targets.browse()
        made = {}
        # That of the company comes first: it is above the others.
        for sources in ([s for s in missing if not s], [s for s in missing if s]):
            above = (found | made).get(company, company)
            budgets = self._create(
                into, metric, [above] * len(sources), [missing[s] for s in sources]
            )
            made |= dict(zip(sources, budgets, strict=True))
        return made

    def _create(self, into, metric, parents, rows):
        """Create the budgets of rows.

        :param list parents: the budget above each, empty if there is none
        """
        # No tracking: there is nothing to tell yet.
        budgets = self.env["sales.target"].with_context(
            tracking_disable=True, sales_target_keep_months=True
        )
        budgets.check_access("create")
        # sudo: only code writes where budgets come from. What is made is checked below.
        made = budgets.sudo().create(
            [
                {
                    **self._get_scope_ids(row.source),
                    **self._prepare_link(row),
                    "expense_kind_id": row.kind.id,
                    "plan_id": into.id,
                    "metric_id": (parent.metric_id or metric).id,
                    "parent_id": parent.id,
                    "spread": "manual",
                    "amount": sum(row.months),
                }
                for parent, row in zip(parents, rows, strict=True)
            ]
        )
        made = made.with_env(self.env)
        made.check_access("create")
        months = into._get_months()
        self.env["sales.target.month"]._set_amounts(
            [
                (budget.id, month, amount)
                for budget, row in zip(made, rows, strict=True)
                for month, amount in zip(months, row.months, strict=True)
            ]
        )
        return made

    def _overwrite(self, budget, row):
        amounts = dict(zip(budget.plan_id._get_months(), row.months, strict=True))
        for line in budget.month_ids:
            if budget._round(line.amount - amounts[line.month]):
                line.amount = amounts[line.month]
        # sudo: only code writes the link, for whoever may write the budget.
        budget.sudo().write(self._prepare_link(row))

    @staticmethod
    def _prepare_link(row):
        """Keep where the budget comes from: an adjusted target proposes its change."""
        return {
            "budget_source_id": row.source.id if row.kind and row.ratio else False,
            "budget_ratio": row.ratio if row.kind else 0.0,
        }

    @staticmethod
    def _sum_up(total):
        """Make the budget of all kinds the sum of its kinds."""
        sums = defaultdict(float)
        kinds = total.child_ids.filtered(lambda part: part.breakdown == "expense")
        for line in kinds.month_ids:
            sums[line.month] += line.amount
        for line in total.month_ids:
            if total._round(line.amount - sums[line.month]):
                line.amount = total._round(sums[line.month])

    def get_last_year(self, kinds, metric):
        """Return what was spent a year before.

        :return: dict kind -> amount
        """
        company = self._plan.company_id
        period = Period(self._plan.date_from, self._plan.date_to).previous_year()
        scopes = {kind: kind._get_budget_scope(company) for kind in kinds}
        values = metric.sudo()._evaluate(list(scopes.values()), [period])
        return {kind: values[metric.id, scopes[kind], period] or 0.0 for kind in kinds}
