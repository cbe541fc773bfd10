# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the data rules find, and how customers could be cleaned."""

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

BATCH = 1000
FEW = 10
# Rules on the largest tables, one of each way to look for issues
RULES = (
    ("sale.order.line", "missing", "purchase_price", {}),
    ("sale.order.line", "range", "price_unit", {"has_least": True, "least": 0.01}),
    ("sale.order", "outlier", "amount_untaxed", {}),
    ("res.partner", "duplicate", "email", {}),
    ("crm.lead", "stale", "date_deadline", {"days": 30}),
)


def measure(databases):
    with environment(databases.large) as env:
        yield from Quality(env).measure()


class Quality:
    """The check of rules, beside the SQL that finds the same."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_analytics.engine import (
            CleaningProposals,
            RuleCheck,
        )

        self.RuleCheck = RuleCheck
        self.CleaningProposals = CleaningProposals
        self.env = env
        self.cr = env.cr
        self.rules = env["sales.data.rule"].create(
            [
                {
                    "name": f"{model} {kind}",
                    "model": model,
                    "kind": kind,
                    "field_name": name,
                    **values,
                }
                for model, kind, name, values in RULES
            ]
        )
        env.flush_all()
        # The first check writes the issues; the nights that follow renew them.
        self.check()

    def measure(self):
        ours, theirs = interleave(
            lambda: seconds(self.check), lambda: seconds(self.find)
        )
        yield Result(
            "data rules checked, times the SQL that finds the same",
            1.5,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, issues that differ from those of the SQL",
            0,
            self.count_differences(),
            f"of {self.count_issues():,} issues",
        )
        many, few = (
            self.count_queries("[]"),
            self.count_queries(f"[('id', '<', {FEW})]"),
        )
        yield Result(
            f"the same, queries of a rule more than for {FEW} records",
            0,
            many - few,
            f"{many} and {few} queries",
        )
        partners = self.CleaningProposals(self.env).find_records()["res.partner"]
        ids = partners[:BATCH]
        taken = seconds(lambda: self.propose(ids))
        yield Result(
            f"seconds to look for proposals to clean {len(ids):,} customers",
            10,
            taken,
        )

    def check(self):
        for rule in self.rules:
            self.RuleCheck(rule).run()

    def find(self):
        """Find issues and count records, and write nothing."""
        for rule in self.rules:
            self.cr.execute(
                SQL(
                    "SELECT COUNT(*), ARRAY_AGG(id) FILTER (WHERE is_issue)"
                    " FROM (%s) AS record",
                    self.RuleCheck(rule).sql_records(),
                )
            )
            self.cr.fetchall()

    def count_issues(self):
        return self.env["sales.data.issue"].search_count(
            [("rule_id", "in", self.rules.ids), ("state", "=", "open")]
        )

    def count_differences(self):
        differences = 0
        for rule in self.rules:
            self.cr.execute(
                SQL(
                    """
                    WITH record AS (%(records)s)
                    SELECT COUNT(*)
                      FROM (SELECT id FROM record WHERE is_issue) AS found
                      FULL JOIN (SELECT res_id FROM sales_data_issue
                                  WHERE rule_id = %(rule)s AND state = 'open') AS issue
                        ON issue.res_id = found.id
                     WHERE found.id IS NULL OR issue.res_id IS NULL
                    """,
                    records=self.RuleCheck(rule).sql_records(),
                    rule=rule.id,
                )
            )
            differences += self.cr.fetchone()[0]
        return differences

    def count_queries(self, domain):
        rule = self.rules[0]
        with self.cr.savepoint(flush=False) as savepoint:
            self.cr.execute(
                "UPDATE sales_data_rule SET domain = %s WHERE id = %s",
                [domain, rule.id],
            )
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.RuleCheck(rule).run()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        return queries

    def propose(self, ids):
        self.CleaningProposals(self.env).propose("res.partner", ids)
