# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sales expenses: their figures, the table of finance, the benefit board, and the
posting of a bill."""

from datetime import date
from pathlib import Path

from odoo import sql_db
from odoo.fields import Command
from odoo.tools import SQL

from .apart import compare
from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

CLAIMS = {"small": 10_000, "large": 100_000}
CHANGED = 100
DAY = date(2025, 6, 30)
# What both must agree on
COMPARED = (
    "event",
    "date",
    "company_id",
    "user_id",
    "team_id",
    "expense_kind_id",
    "amount",
    "res_id",
    "line_id",
    "match_id",
)


def measure(databases):
    with environment(databases.small) as small, environment(databases.large) as large:
        expenses = [
            Expenses(env, claims)
            for env, claims in zip((small, large), CLAIMS.values(), strict=True)
        ]
        yield from measure_figures(*expenses)
        yield from measure_screens(*expenses)
    yield from compare(databases, Bill, "a bill posted", 0, rounds=20)


def measure_figures(small, large):
    ours, theirs = interleave(
        lambda: seconds(large.rebuild), lambda: seconds(large.fill), rounds=3
    )
    yield Result(
        f"expenses of {large.claims:,} claims and as many bills rebuilt, times the"
        " plain SQL",
        1.5,
        *ratio(ours, theirs),
    )
    yield Result(
        "the same, figures that differ from those of the plain SQL",
        0,
        large.count_differences(),
    )
    ours, fewer, theirs = interleave(large.refresh, small.refresh, large.replace)
    yield Result(
        f"expenses refreshed after {CHANGED} changed bills, times the plain SQL",
        1.5,
        *ratio(ours, theirs),
    )
    yield Result(
        "the same, times a refresh of a tenth of the bills", 1.5, *ratio(ours, fewer)
    )


def measure_screens(small, large):
    for what, read in (
        ("table of finance", Expenses.read_table),
        ("benefit board", Expenses.read_board),
    ):
        many, few = large.count_queries(read), small.count_queries(read)
        yield Result(
            f"{what}, queries more than for a tenth of the bills",
            0,
            many - few,
            f"{many} and {few} queries, {seconds(lambda r=read: r(large)):.1f} s",
        )


class Expenses:
    """Claims and bills beside plain SQL that writes the same figures."""

    def __init__(self, env, claims):
        self.env, self.claims = env, claims
        self.cr, self.company = env.cr, env.company
        self.mart = env["sales.mart"]
        self.create()

    def create(self):
        env = self.env
        self.account = env["account.account"].create(
            {"name": "Bench", "code": "BENCH1", "account_type": "expense"}
        )
        self.kind = env["sales.expense.kind"].create(
            {"name": "Bench", "account_ids": self.account.ids}
        )
        plan = env["account.analytic.plan"].create({"name": "Bench"})
        teams = env["crm.team"].search([], limit=2)
        self.tied = env["account.analytic.account"].create(
            [
                {"name": team.name, "plan_id": plan.id, "sales_team_id": team.id}
                for team in (teams[0], teams[-1])
            ]
        )
        employee = env["hr.employee"].create({"name": "Bench"})
        product = env["product.product"].create(
            {"name": "Bench", "can_be_expensed": True}
        )
        journal = env["account.journal"].search([("type", "=", "purchase")], limit=1)
        env.flush_all()
        statement = Path(__file__).with_name("expenses.sql").read_text()
        self.cr.execute(
            SQL(
                statement,
                claims=self.claims,
                employee=employee.id,
                company=self.company.id,
                currency=self.company.currency_id.id,
                product=product.id,
                account=self.account.id,
                journal=journal.id,
                first=self.tied[0].id,
                second=self.tied[1].id,
            )
        )
        self.cr.execute("DELETE FROM sales_fact_queue")
        self.mart._rebuild(["expense", "claim"])
        self.cr.execute("CREATE SCHEMA IF NOT EXISTS bench")
        for name in ("sales_fact", "sales_fact_cell"):
            self.cr.execute(
                f"CREATE TABLE IF NOT EXISTS bench.{name}"
                f" (LIKE public.{name} INCLUDING ALL)"
            )
        self.cr.execute("TRUNCATE bench.sales_fact, bench.sales_fact_cell")
        self.cr.commit()

    # ------------------------------------------------------------------
    # By the suite
    # ------------------------------------------------------------------

    def rebuild(self):
        for source in ("expense", "claim"):
            self.mart._rebuild_source(self.env[f"sales.fact.source.{source}"])
        self.cr.commit()

    def change(self):
        """Change widely spaced bills; return their ids."""
        self.cr.execute(
            "SELECT move_id FROM account_move_line WHERE account_id = %s"
            " AND mod(move_id, %s) = 0 ORDER BY move_id LIMIT %s",
            # An odd step, as every tenth is split
            [self.account.id, self.claims // CHANGED // 2 | 1, CHANGED],
        )
        ids = [id_ for [id_] in self.cr.fetchall()]
        self.cr.execute(
            "UPDATE account_move_line SET balance = balance + 1, debit = debit + 1"
            " WHERE move_id = ANY(%s)",
            [ids],
        )
        self.cr.commit()
        return ids

    def refresh(self):
        """Refresh the expenses of changed bills; other sources are measured apart."""
        ids, source = self.change(), self.env["sales.fact.source.expense"]

        def refresh():
            self.mart._refresh_documents(source, ids)
            self.cr.commit()

        duration = seconds(refresh)
        self.cr.execute("DELETE FROM sales_fact_queue")
        self.cr.commit()
        return duration

    def read_table(self):
        self.env.invalidate_all()
        self.env["sales.expense.reconciliation"]._read_group(
            [("month", ">=", "2025-01-01"), ("month", "<=", "2025-12-01")],
            ["month:month", "expense_kind_id", "account_id"],
            ["ledger:sum", "sales:sum", "figures:sum", "difference:sum"],
        )

    def read_board(self):
        self.env.invalidate_all()
        self.env["sales.expense.benefit"].get_board(
            by="team_id", period="year", date_from=f"{DAY.year}-01-01"
        )

    def count_queries(self, read):
        read(self)
        before = sql_db.sql_counter
        read(self)
        return sql_db.sql_counter - before

    # ------------------------------------------------------------------
    # By plain SQL
    # ------------------------------------------------------------------

    def fill(self):
        self.cr.execute("TRUNCATE bench.sales_fact")
        self.cr.execute(self.plain())
        self.cr.commit()

    def replace(self):
        """Replace the figures of changed bills and what the months sum up of them."""
        ids, cells = self.change(), self.env["sales.fact.cell"]

        def replace():
            self.cr.execute("SET LOCAL search_path = bench, public")
            self.cr.execute(
                SQL(
                    "WITH removed AS (DELETE FROM sales_fact WHERE source = 'expense'"
                    " AND res_id = ANY(%s) RETURNING *) %s",
                    ids,
                    cells._add(SQL("removed"), sign=-1),
                )
            )
            self.cr.execute(
                SQL(
                    "WITH added AS (%s RETURNING *) %s",
                    self.plain(ids),
                    cells._add(SQL("added")),
                )
            )
            self.cr.commit()

        duration = seconds(replace)
        # The figures of the suite follow, outside the measured time.
        self.mart._refresh()
        self.cr.commit()
        return duration

    def plain(self, ids=None):
        """Return the INSERT that somebody who knows these data would write."""
        return SQL(
            """
            INSERT INTO bench.sales_fact (
                   source, event, date, company_id, currency_id, user_id, team_id,
                   expense_kind_id, amount, res_id, line_id, match_id, credit_id,
                   documents)
            SELECT 'expense', 'spent', m.date, m.company_id, %(currency)s,
                   m.invoice_user_id, m.team_id, rel.kind_id, l.balance, m.id, l.id, 0,
                   0, 1
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
              JOIN sales_expense_kind_account_rel rel ON rel.account_id = l.account_id
             WHERE m.state = 'posted' AND l.analytic_distribution IS NULL AND %(ids)s
             UNION ALL
            SELECT 'expense', 'spent', m.date, m.company_id, %(currency)s, NULL,
                   tied.sales_team_id, rel.kind_id,
                   ROUND(l.balance * part.stop / 100, 2)
                   - ROUND(l.balance * part.start / 100, 2), m.id, l.id, part.number, 0,
                   NULL
              FROM account_move m
              JOIN account_move_line l ON l.move_id = m.id
              JOIN sales_expense_kind_account_rel rel ON rel.account_id = l.account_id
              JOIN (VALUES (1, 0, 33, %(first)s), (2, 33, 100, %(second)s))
                   AS part (number, start, stop, account_id) ON TRUE
              JOIN account_analytic_account tied ON tied.id = part.account_id
             WHERE m.state = 'posted' AND l.analytic_distribution IS NOT NULL
               AND %(ids)s
             UNION ALL
            SELECT 'claim', 'committed', e.date, e.company_id, %(currency)s,
                   e.sales_user_id, e.sales_team_id, rel.kind_id,
                   e.sales_expense_amount, e.id, 0, 0, 0, 1
              FROM hr_expense e
              JOIN sales_expense_kind_account_rel rel ON rel.account_id = e.account_id
             WHERE e.approval_state = 'submitted' AND %(all)s
            """,
            currency=self.company.currency_id.id,
            first=self.tied[0].id,
            second=self.tied[1].id,
            ids=SQL("TRUE") if ids is None else SQL("m.id = ANY(%s)", ids),
            all=SQL("TRUE") if ids is None else SQL("FALSE"),
        )

    def count_differences(self):
        columns = SQL(", ").join(map(SQL.identifier, COMPARED))
        ours = SQL(
            "SELECT %s FROM sales_fact WHERE expense_kind_id = %s",
            columns,
            self.kind.id,
        )
        theirs = SQL("SELECT %s FROM bench.sales_fact", columns)
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM ((%s EXCEPT %s) UNION ALL (%s EXCEPT %s)) d",
                ours,
                theirs,
                theirs,
                ours,
            )
        )
        return count


class Bill:
    """A bill of ten lines, posted."""

    def __init__(self, env):
        self.env = env
        self.vendor = env["res.partner"].create({"name": "Vendor"})
        self.person = env["res.users"].search([("share", "=", False)], limit=1)
        self.account = env["account.account"].search(
            [("account_type", "=", "expense")], limit=1
        )
        env.cr.commit()

    def create(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.vendor.id,
                "invoice_date": DAY,
                "invoice_user_id": self.person.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Line {number}",
                            "account_id": self.account.id,
                            "price_unit": 10,
                        }
                    )
                    for number in range(10)
                ],
            }
        )
        self.env.cr.commit()
        self.env.invalidate_all()
        return bill

    def post(self, bill):
        bill.action_post()
        self.env.cr.commit()

    def turn(self):
        bill = self.create()
        return seconds(lambda: self.post(bill))

    def count_queries(self):
        bill = self.create()
        before = sql_db.sql_counter
        self.post(bill)
        return sql_db.sql_counter - before
