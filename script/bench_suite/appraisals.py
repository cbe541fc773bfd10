# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The appraisals of a quarter, and the e-mails to the customers who rate."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

QUARTER, TODAY = Period(date(2025, 10, 1), date(2025, 12, 31)), date(2026, 1, 5)
# Metric, and the value to reach of it in a quarter
KPIS = {
    "ordered_amount": 500_000,
    "ordered_quantity": 1_000,
    "invoiced_amount": 400_000,
    "collected_amount": 300_000,
    "margin": 100_000,
    "margin_rate": 30,
    "ordered_growth": 5,
    "new_customers": 20,
}
FEW, CUSTOMERS = 10, 2_000


def measure(databases):
    with environment(databases.large) as env, frozen(env):
        appraisals = Appraisals(env)
        yield from appraisals.measure()
        yield from Mails(env, appraisals.appraisals).measure()


@contextmanager
def frozen(env):
    """Appraise shortly after the last day of the generated sales."""
    companies = type(env["res.company"])
    with patch.object(companies, "_get_sales_today", lambda self: TODAY):
        yield


class Appraisals:
    """A cycle of 200 people by 8 KPIs, beside one evaluation of the same metrics for
    the same people and period."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_team.engine import (
            AppraisalBatch,
            AppraisalMeasurement,
        )

        self.AppraisalBatch = AppraisalBatch
        self.AppraisalMeasurement = AppraisalMeasurement
        self.env = env
        self.cr = env.cr
        self.metrics = env["sales.metric"].search([("code", "in", list(KPIS))])
        self.people = env["res.users"].search([("login", "=like", "person%")])
        self.scopes = [Scope(env.company.id, user_id=id_) for id_ in self.people.ids]
        self.create_members()
        self.cycle = self.create_cycle()
        self.appraisals = self.AppraisalBatch(self.cycle).make(self.people)
        self.cr.commit()
        self.cr.execute("ANALYZE sales_appraisal, sales_appraisal_kpi")
        self.cr.commit()

    def create_members(self):
        members = self.env["crm.team.member"].with_context(tracking_disable=True)
        members.create(
            [
                {"user_id": user_id, "crm_team_id": team_id}
                for user_id, team_id in self.env.execute_query(
                    SQL("SELECT DISTINCT user_id, team_id FROM sales_fact_cell")
                )
            ]
        )

    def create_cycle(self):
        templates = self.env["sales.appraisal.template"]
        templates.search([]).active = False
        parts = {"kpi": 80, "customer": 20}
        templates.create(
            {
                "name": "Everybody",
                "rhythm": "quarter",
                "part_ids": [
                    Command.create({"kind": kind, "weight": weight})
                    for kind, weight in parts.items()
                ],
                "kpi_ids": [
                    Command.create(
                        {
                            "metric_id": metric.id,
                            "weight": 100 / len(KPIS),
                            "target_from": "value",
                            "target_value": KPIS[metric.code],
                        }
                    )
                    for metric in self.metrics
                ],
                "criterion_ids": [
                    Command.create(
                        {"name": "Service", "weight": 100, "for_customer": True}
                    )
                ],
            }
        )
        return self.env["sales.appraisal.cycle"].create(
            {"rhythm": "quarter", "date_from": QUARTER.start}
        )

    def measure(self):
        ours, theirs = interleave(
            lambda: seconds(self.measure_appraisals),
            lambda: seconds(self.evaluate),
        )
        yield Result(
            "200 people × 8 KPIs appraised, times one evaluation of the same figures",
            1.3,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, KPIs that differ from those of the evaluation",
            0,
            self.count_differences(),
            f"of {len(self.appraisals.kpi_ids):,} KPIs",
        )
        yield self.compare_queries("the same", self.count_measuring)
        yield self.compare_queries("appraisals made", self.count_making)

    def measure_appraisals(self):
        self.env.invalidate_all()
        self.AppraisalMeasurement(self.appraisals).measure()
        self.cr.commit()

    def evaluate(self):
        self.env.invalidate_all()
        return self.metrics._evaluate(self.scopes, [QUARTER], rounded=False)

    def count_differences(self):
        values = self.evaluate()
        return sum(
            kpi.actual != (values[kpi.metric_id.id, self.scope_of(kpi), QUARTER] or 0.0)
            for kpi in self.appraisals.kpi_ids
        )

    def scope_of(self, kpi):
        return Scope(self.env.company.id, user_id=kpi.appraisal_id.user_id.id)

    # Queries

    def compare_queries(self, what, count):
        many, few = count(len(self.people)), count(FEW)
        return Result(
            f"{what}, queries more than for {FEW} people",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def count_measuring(self, people):
        measurement = self.AppraisalMeasurement(self.appraisals[:people])
        return self.count_queries(measurement.measure)

    def count_making(self, people):
        batch = self.AppraisalBatch(self.cycle)
        return self.count_queries(lambda: batch.make(self.people[:people]), anew=True)

    def count_queries(self, function, anew=False):
        self.env.flush_all()
        with self.cr.savepoint() as savepoint:
            if anew:
                self.cr.execute("DELETE FROM sales_appraisal")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            function()
            queries = self.cr.sql_log_count - before
            savepoint.rollback()
        self.env.invalidate_all()
        return queries


class Mails:
    """2,000 customers are asked; the job is killed half way, and starts again."""

    def __init__(self, env, appraisals):
        self.env = env
        self.cr = env.cr
        self.ratings = self.create_ratings(appraisals)

    def create_ratings(self, appraisals):
        self.cr.execute(
            "UPDATE res_partner SET email = 'customer' || id || '@example.com',"
            " email_normalized = 'customer' || id || '@example.com' WHERE id IN"
            " (SELECT DISTINCT partner_id FROM sales_fact ORDER BY 1 LIMIT %s)"
            " RETURNING id",
            [CUSTOMERS],
        )
        customers = sorted(id_ for [id_] in self.cr.fetchall())
        self.env.invalidate_all()
        appraisals.sudo().state = "rating"
        raters = self.env["sales.appraisal.rater"].create(
            [
                {
                    "appraisal_id": appraisals[number % len(appraisals)].id,
                    "kind": "customer",
                    "partner_id": customer,
                }
                for number, customer in enumerate(customers)
            ]
        )
        ratings = self.env["sales.appraisal.rating"].search(
            [("rater_id", "in", raters.ids)]
        )
        self.cr.commit()
        return ratings

    def measure(self):
        taken = seconds(self.ask_with_a_kill)
        self.cr.rollback()  # to see what the other processes have done
        self.cr.execute(
            "SELECT count(*), count(DISTINCT email_to) FROM mail_mail"
            " WHERE email_to LIKE '%@example.com%'"
        )
        mails, customers = self.cr.fetchone()
        yield Result(
            f"{CUSTOMERS:,} customers asked to rate, killed half way: second e-mails",
            0,
            mails - customers,
            f"of {mails:,} e-mails, {self.killed_after:,} before; {taken:.0f} s"
            " with two starts of Odoo",
        )
        yield Result("the same, customers who were not asked", 0, CUSTOMERS - customers)

    def ask_with_a_kill(self):
        process = self.start()
        while self.count_asked() < CUSTOMERS / 2 and process.poll() is None:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        self.killed_after = self.count_asked()
        self.start().wait()

    def start(self):
        command = [sys.executable, "-m", "bench_suite.asking", self.cr.dbname]
        return subprocess.Popen(command)

    def count_asked(self):
        self.cr.rollback()
        self.cr.execute(
            "SELECT count(*) FROM sales_appraisal_rating WHERE answer_state = 'asked'"
        )
        return self.cr.fetchone()[0]
