# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a claim does to its budget, told while it is typed, beside many claims."""

from datetime import date
from pathlib import Path

from odoo.fields import Command

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

FEW, MANY = 1_000, 100_000
YEAR = 2025
DAY = date(YEAR, 6, 18)

INSERT = """
    INSERT INTO hr_expense (name, employee_id, company_id, product_id, account_id,
           currency_id, quantity, price_unit, total_amount, total_amount_currency, date,
           approval_state, state, payment_mode, sales_expense_amount, sales_user_id,
           sales_team_id)
    SELECT 'Bench', c.employee_id, c.company_id, c.product_id, c.account_id,
           c.currency_id, 1, 10, 10, 10, date '2025-01-01' + n %% 300, 'submitted',
           'submitted', 'own_account', 10, c.sales_user_id, c.sales_team_id
      FROM hr_expense c CROSS JOIN generate_series(1, %(count)s) n
     WHERE c.id = %(claim)s
"""


def measure(databases):
    with environment(databases.large) as env:
        yield from Claims(env).measure()


class Claims:
    """A claim over the budget of a team, beside plain SQL that finds the same."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_resource.engine import ClaimCheck

        self.ClaimCheck = ClaimCheck
        self.env, self.cr, self.company = env, env.cr, env.company
        self.statement = Path(__file__).with_name("claims.sql").read_text()
        self.create()

    def measure(self):
        self.insert(FEW)
        few = self.count_queries()
        self.insert(MANY - FEW)
        many = self.count_queries()
        ours, theirs = interleave(
            lambda: seconds(self.check), lambda: seconds(self.select)
        )
        yield Result(
            f"a claim checked beside {MANY:,} claims, times the plain SQL",
            3,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, differences from the plain SQL",
            0,
            sum(
                round(float(a - b), 2) != 0
                for a, b in zip(self.check(), map(float, self.select()), strict=True)
            ),
        )
        yield Result(
            f"the same, queries more than beside {FEW:,} claims",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def create(self):
        env = self.env
        user = env["res.users"].create({"name": "Bench", "login": "bench_claims"})
        self.team = env["crm.team"].create(
            {"name": "Bench", "company_id": self.company.id}
        )
        env["crm.team.member"].create({"crm_team_id": self.team.id, "user_id": user.id})
        employee = env["hr.employee"].create(
            {"name": "Bench", "user_id": user.id, "company_id": self.company.id}
        )
        product = env["product.product"].create(
            {"name": "Bench", "can_be_expensed": True, "type": "service"}
        )
        self.kind = env["sales.expense.kind"].create(
            {"name": "Bench", "product_ids": product.ids}
        )
        plan = env["sales.target.plan"].create(
            {"purpose": "budget", "date_from": date(YEAR, 1, 1)}
        )
        metric = "sales_efficiency_resource.sales_metric_sales_expense"
        self.budget = env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": env.ref(metric).id,
                "team_id": self.team.id,
                "expense_kind_id": self.kind.id,
                "month_ids": [
                    Command.create({"month": date(YEAR, month, 1), "amount": 50_000})
                    for month in range(1, 13)
                ],
            }
        )
        plan.state = "running"
        self.claim = env["hr.expense"].create(
            {
                "name": "Bench",
                "employee_id": employee.id,
                "product_id": product.id,
                "total_amount_currency": 10,
                "date": DAY,
                "tax_ids": [],
            }
        )
        env.flush_all()

    def insert(self, count):
        self.cr.execute(INSERT, {"claim": self.claim.id, "count": count})
        self.cr.execute("ANALYZE hr_expense")

    def check(self):
        self.env.invalidate_all()
        [verdict] = self.ClaimCheck(self.claim).run().values()
        [stand] = verdict.stands
        return stand.budget, stand.spent, stand.committed

    def select(self):
        self.cr.execute(
            self.statement,
            {
                "budget": self.budget.id,
                "company": self.company.id,
                "day": DAY,
                "end": date(YEAR, 6, 30),
                "kind": self.kind.id,
                "start": date(YEAR, 1, 1),
                "team": self.team.id,
            },
        )
        return self.cr.fetchone()

    def count_queries(self):
        self.check()
        before = self.cr.sql_log_count
        self.check()
        return self.cr.sql_log_count - before
