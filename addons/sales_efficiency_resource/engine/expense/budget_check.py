# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import take_turns

from .budget_documents import BudgetDocuments
from .outlay import BudgetStand

KIND = "expense_kind_id"


class _Found(NamedTuple):
    """A budget over an outlay, with the days of its months up to that of the outlay."""

    number: int
    target_id: int
    date_from: date
    date_to: date
    budget: float


class BudgetCheck:
    """The budgets over outlays, and what is left of them (policy 5.3.2).

    It reads documents, not figures, which come a moment later, and takes two queries
    however many budgets, outlays and documents there are.

    :param env: environment; access is not checked
    """

    def __init__(self, env):
        self.env = env
        self._targets = env["sales.target"]
        # A budget for what documents do not know, e.g. a product line, is over none.
        names = [name for name in self._targets._get_dimensions() if name != KIND]
        self._places = [name for name in names if name in BudgetDocuments.columns]
        self._others = [name for name in names if name not in self._places]

    def check(self, outlays, in_turn=False):
        """Return the budgets over outlays.

        :param list outlays: :class:`.Outlay`
        :param bool in_turn: whether each outlay comes after those before it, and others
            who spend from the same budgets have to wait. Otherwise each is looked at
            beside what is committed.
        :return: dict key of the outlay -> list of :class:`.BudgetStand`
        """
        found = self._find(outlays)
        if in_turn:
            take_turns(self._targets.browse({row.target_id for row in found}))
        gone = self._add_up(found, sorted({o.claim_id for o in outlays if o.claim_id}))
        # The parts of a claim that is split may lie in the same budget.
        parts = defaultdict(list)
        for row in found:
            parts[outlays[row.number].key, row.target_id].append(row)
        stands = {outlay.key: [] for outlay in outlays}
        before = defaultdict(float)
        for (key, target_id), rows in parts.items():
            row, first = rows[0], outlays[rows[0].number]
            sums = gone[target_id, row.date_to]
            spent = sum(spent for _id, spent, _committed in sums)
            committed = sum(
                committed
                for claim_id, _spent, committed in sums
                if not claim_id or not in_turn and claim_id != first.claim_id
            )
            earlier = sum(
                amount
                for (other_id, day), amount in before.items()
                if in_turn and other_id == target_id and day <= row.date_to
            )
            amount = sum(outlays[row.number].amount for row in rows)
            stands[key].append(
                BudgetStand(
                    target_id=target_id,
                    budget=float(row.budget),
                    spent=float(spent),
                    committed=float(committed) + earlier,
                    amount=amount,
                    digits=self._get_digits(first.company_id),
                    kind_ids=frozenset(outlays[row.number].kind_id for row in rows),
                )
            )
            before[target_id, first.date] += amount
        return stands

    def get_gone(self, budgets, periods):
        """Return what documents take from budgets, whoever may see them.

        :param budgets: ``sales.target`` records
        :param list periods: :class:`.Period`
        :return: dict (budget, period) -> (spent, committed)
        """
        self._flush()
        gone = {(b, period): (0.0, 0.0) for b in budgets for period in periods}
        known = budgets.filtered(lambda b: not any(b[name] for name in self._others))
        by_id = {budget.id: budget for budget in known}
        # They are added up by their last day.
        for start in dict.fromkeys(period.start for period in periods):
            ends = {p.end: p for p in periods if p.start == start}
            found = [_Found(0, id_, start, end, 0) for id_ in by_id for end in ends]
            for (id_, end), sums in self._add_up(found, []).items():
                _claims, spent, committed = zip(*sums, strict=True)
                gone[by_id[id_], ends[end]] = float(sum(spent)), float(sum(committed))
        return gone

    def _get_digits(self, company_id):
        return self.env["res.company"].browse(company_id).currency_id.decimal_places

    # ------------------------------------------------------------------
    # Which budgets
    # ------------------------------------------------------------------

    def _find(self, outlays):
        """:return: list of :class:`_Found`, outlay by outlay"""
        if not outlays:
            return []
        self._flush()
        rows = self.env.execute_query(
            SQL(
                """
                WITH outlay AS MATERIALIZED (
                    SELECT * FROM (%(outlays)s) AS given (
                        number, company_id, date, kind_id, %(names)s)
                )
                SELECT o.number, t.id, p.date_from,
                       (DATE_TRUNC('month', o.date) + INTERVAL '1 month - 1 day')::date,
                       SUM(m.amount)
                  FROM outlay o
                  JOIN sales_target_plan p ON p.company_id = o.company_id
                   AND p.purpose = 'budget' AND p.state = 'running'
                   AND o.date BETWEEN p.date_from AND p.date_to
                  JOIN sales_target t ON t.plan_id = p.id
                  JOIN (%(metrics)s) AS metric ON metric.id = t.metric_id
                  JOIN sales_target_month m ON m.target_id = t.id AND m.month <= o.date
                 WHERE %(inside)s
                 GROUP BY o.number, t.id, p.date_from, o.date
                 ORDER BY o.number, t.level, t.id
                """,
                outlays=self._sql_outlays(outlays),
                names=SQL(", ").join(map(SQL.identifier, self._places)),
                metrics=self._sql_metrics(),
                inside=SQL(" AND ").join(self._get_conditions()),
            )
        )
        return [_Found(*row) for row in rows]

    def _flush(self):
        self._targets.flush_model()
        for name in ("sales.target.plan", "sales.target.month", "sales.metric"):
            self.env[name].flush_model()
        for name in (KIND, *self._places):
            if self._targets._is_tree(name):
                comodel = self._targets._fields[name].comodel_name
                self.env[comodel].flush_model(["parent_path"])

    def _sql_outlays(self, outlays):
        rows = [
            SQL(
                "(%s::int, %s::int, %s::date, %s::int, %s)",
                number,
                outlay.company_id,
                outlay.date,
                outlay.kind_id or None,
                SQL(", ").join(
                    SQL("%s::int", outlay.places.get(name) or None)
                    for name in self._places
                ),
            )
            for number, outlay in enumerate(outlays)
        ]
        return SQL("VALUES %s", SQL(", ").join(rows))

    def get_metrics(self):
        """Return the SELECT of the metrics that make a budget, with their kind."""
        return self._sql_metrics()

    def _sql_metrics(self):
        """Return the SELECT of the metrics that budgets are made of: sums of what is
        spent, of everything or of one kind."""
        return SQL(
            """
            SELECT metric.id, kind.id AS kind_id
              FROM sales_metric metric
              LEFT JOIN sales_expense_kind kind ON kind.metric_id = metric.id
             WHERE metric.kind = 'sum' AND metric.measure = 'amount'
               AND (kind.id IS NOT NULL OR COALESCE(metric.domain, '[]') = '[]')
               AND (SELECT ARRAY_AGG(event.event)
                      FROM sales_metric_sales_metric_event_rel rel
                      JOIN sales_metric_event event
                        ON event.id = rel.sales_metric_event_id
                     WHERE rel.sales_metric_id = metric.id) = ARRAY['spent'::varchar]
            """
        )

    def _get_conditions(self):
        """Return the conditions that an outlay lies in the scope of a budget."""
        kinds = self._sql_above(KIND, SQL("o.kind_id"))
        for column in (SQL("t.expense_kind_id"), SQL("metric.kind_id")):
            yield SQL("(%s IS NULL OR %s IN %s)", column, column, kinds)
        for name in self._places:
            column = SQL.identifier("t", name)
            above = self._sql_above(name, SQL.identifier("o", name))
            yield SQL("(%s IS NULL OR %s IN %s)", column, column, above)
        for name in self._others:
            yield SQL("%s IS NULL", SQL.identifier("t", name))

    def _sql_above(self, name, column):
        """Return the ids of a record of a dimension and of those above it."""
        if not self._targets._is_tree(name):
            return SQL("(%s)", column)
        table = self.env[self._targets._fields[name].comodel_name]._table
        return SQL(
            "(SELECT UNNEST(STRING_TO_ARRAY(RTRIM(node.parent_path, '/'), '/')::int[])"
            " FROM %s AS node WHERE node.id = %s)",
            SQL.identifier(table),
            column,
        )

    # ------------------------------------------------------------------
    # What is gone of them
    # ------------------------------------------------------------------

    def _add_up(self, found, claim_ids):
        """Add up what is gone, apart for each of the claims that are looked at.

        :return: dict (id of a budget, last day) -> list of (id of a claim or None,
            spent, committed)
        """
        sums = defaultdict(list)
        budgets = sorted({(row.target_id, row.date_from, row.date_to) for row in found})
        if not budgets:
            return sums
        rows = self.env.execute_query(
            SQL(
                """
                WITH budget AS MATERIALIZED (%(budgets)s),
                document AS MATERIALIZED (%(documents)s)
                SELECT b.id, b.date_to, NULLIF(d.res_id, 0),
                       COALESCE(SUM(d.amount) FILTER (WHERE d.event = 'spent'), 0),
                       COALESCE(SUM(d.amount) FILTER (WHERE d.event = 'committed'), 0)
                  FROM budget b
                  JOIN document d ON d.company_id = b.company_id
                   AND d.date BETWEEN b.date_from AND b.date_to
                   AND %(inside)s
                 GROUP BY b.id, b.date_to, d.res_id
                """,
                budgets=self._sql_budgets(budgets),
                documents=self._sql_documents(budgets, claim_ids),
                inside=SQL(" AND ").join(
                    SQL(
                        "(b.%(name)s IS NULL OR d.%(name)s = ANY(b.%(name)s))",
                        name=SQL.identifier(name),
                    )
                    for name in (KIND, *self._places)
                ),
            )
        )
        for target_id, day, *row in rows:
            sums[target_id, day].append(row)
        return sums

    def _sql_budgets(self, budgets):
        """Return the budgets with the ids that lie in each place of their scope."""
        kind = SQL("COALESCE(t.expense_kind_id, metric.kind_id)")
        columns = [
            SQL("%s AS %s", self._sql_below(name, column), SQL.identifier(name))
            for name, column in (
                (KIND, kind),
                *((name, SQL.identifier("t", name)) for name in self._places),
            )
        ]
        return SQL(
            """
            SELECT t.id, t.company_id, given.date_from, given.date_to, %s
              FROM (VALUES %s) AS given (id, date_from, date_to)
              JOIN sales_target t ON t.id = given.id
              JOIN (%s) AS metric ON metric.id = t.metric_id
            """,
            SQL(", ").join(columns),
            SQL(", ").join(SQL("(%s::int, %s::date, %s::date)", *b) for b in budgets),
            self._sql_metrics(),
        )

    def _sql_below(self, name, column):
        if not self._targets._is_tree(name):
            return SQL("CASE WHEN %s IS NOT NULL THEN ARRAY[%s] END", column, column)
        table = self.env[self._targets._fields[name].comodel_name]._table
        return SQL(
            """
            CASE WHEN %(column)s IS NOT NULL THEN ARRAY(
                SELECT node.id FROM %(table)s AS node
                 WHERE %(column)s = ANY(
                    STRING_TO_ARRAY(RTRIM(node.parent_path, '/'), '/')::int[])
            ) END
            """,
            column=column,
            table=SQL.identifier(table),
        )

    def _sql_documents(self, budgets, claim_ids):
        for name in ("account.move", "account.move.line", "hr.expense"):
            self.env[name].flush_model()
        targets = self._targets.browse({id_ for id_, *_days in budgets})
        return BudgetDocuments(self.env).select_sums(
            targets.company_id.ids,
            min(start for _id, start, _end in budgets),
            max(end for _id, _start, end in budgets),
            claim_ids,
        )
