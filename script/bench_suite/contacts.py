# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contacts with customers as figures, their planning, and the to-dos of a night."""

import subprocess
import sys
import time
from itertools import count

from .clock import interleave, ratio, seconds
from .database import environment
from .plain import FACT, Baseline
from .result import Result

CHANGED = 100
# Contacts of each customer in a year, in the large company and in the small one
MANY, FEW = 10, 1
# To-dos of a night
LIMIT = 10

# Those of the generator
MASTERS = """
    CREATE TEMPORARY TABLE customer AS
    SELECT id, row_number() OVER (ORDER BY id) AS rank
      FROM res_partner WHERE name LIKE 'Customer %';
    CREATE TEMPORARY TABLE person AS
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank
      FROM res_users WHERE login LIKE 'person%';
    ANALYZE customer, person;
"""

PEOPLE = """
    UPDATE res_partner p SET user_id = person.id, create_date = '2025-01-01'
      FROM customer
      JOIN person ON person.rank = customer.rank % (SELECT count(*) FROM person)
     WHERE p.id = customer.id
"""

# Done calls, as Odoo keeps them
CALLS = """
    INSERT INTO mail_activity (res_model_id, res_model, res_id, activity_type_id,
           user_id, date_deadline, date_done, sales_done_at, active)
    SELECT model.id, 'res.partner', c.id, %(call)s, p.user_id, day.day, day.day,
           day.day + time '10:00', FALSE
      FROM customer c
      JOIN res_partner p ON p.id = c.id
      JOIN ir_model model ON model.model = 'res.partner'
     CROSS JOIN generate_series(1, %(each)s) n
     CROSS JOIN LATERAL (
           SELECT date '2025-01-01' + ((c.rank * 7 + n * 36) %% 365)::int AS day) day
"""

CONTACT = f"""
    {FACT}
    SELECT 'contact', 'contacted', c.date, c.company_id, company.currency_id,
           c.region_id, c.team_id, c.user_id, c.channel_id, NULL, NULL, c.partner_id, 0,
           NULL, NULL, NULL, NULL, c.id, 0, 0, 0, 1
      FROM sales_contact c
      JOIN res_company company ON company.id = c.company_id
     WHERE c.id = ANY(%(ids)s)
"""


class ContactBaseline(Baseline):
    """Contacts as figures by SQL for the benchmark only."""

    def replace_contacts(self, ids):
        self.cr.execute(
            f"""
            WITH gone AS (
                DELETE FROM sales_fact
                 WHERE source = 'contact' AND res_id = ANY(%(ids)s) RETURNING *
            ) {self._sum("gone", -1)} {self._add()}
            """,
            {"ids": ids},
        )
        self.cr.execute(
            f"""
            WITH come AS ({CONTACT} RETURNING *)
            {self._sum("come", 1)} {self._add()}
            """,
            {"ids": ids},
        )
        self.cr.execute("DELETE FROM sales_fact_cell WHERE facts = 0")


def measure(databases):
    with environment(databases.small) as small, environment(databases.large) as large:
        yield from Contacts(small, large).measure()


class Contacts:
    def __init__(self, small, large):
        self.small, self.large = small, large
        self.firsts = count(1)
        self.create(small, FEW)
        self.create(large, MANY)

    def create(self, env, each):
        """Give customers their salespeople and contacts, and write a policy."""
        env.cr.execute(MASTERS)
        env.cr.execute(PEOPLE)
        call = env.ref("mail.mail_activity_data_call").id
        env.cr.execute(CALLS, {"call": call, "each": each})
        env["sales.service.policy"].create(
            {"contact_days": 30, "date_from": "2025-01-01"}
        )
        env.company.sales_contact_limit = LIMIT
        env["sales.contact"]._sync_all()
        env["sales.mart"]._refresh()
        env.cr.commit()
        env.cr.execute("ANALYZE sales_contact, sales_fact, mail_activity")
        env.cr.commit()

    def measure(self):
        small, large, theirs = interleave(
            lambda: self.by_mart(self.small),
            lambda: self.by_mart(self.large),
            lambda: self.by_plain_sql(self.large),
        )
        yield Result(
            "refresh after 100 changed contacts, times the plain SQL",
            1.5,
            *ratio(large, theirs),
        )
        yield Result(
            "the same, times a refresh of a tenth of the contacts",
            1.5,
            *ratio(large, small),
        )
        yield from self.measure_planning()
        yield from self.measure_to_dos()

    def change(self, env):
        env.cr.execute("SELECT min(id), max(id) FROM sales_contact")
        first, last = env.cr.fetchone()
        step = (last - first) // CHANGED
        place = next(self.firsts) % step
        ids = [first + place + step * number for number in range(CHANGED)]
        env.cr.execute(
            "UPDATE sales_contact SET date = date + 1 WHERE id = ANY(%s)", [ids]
        )
        env.cr.commit()
        return ids

    def by_mart(self, env):
        self.change(env)

        def refresh():
            env["sales.mart"]._refresh()
            env.cr.commit()

        return seconds(refresh)

    def by_plain_sql(self, env):
        ids = self.change(env)
        baseline = ContactBaseline(env)

        def replace():
            baseline.replace_contacts(ids)
            env.cr.commit()

        duration = seconds(replace)
        env.cr.execute("DELETE FROM sales_fact_queue")
        env.cr.commit()
        return duration

    def measure_planning(self):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_resource.engine import ContactPlanning

        env = self.large

        def count_queries(partner_ids):
            before = env.cr.sql_log_count
            ContactPlanning(env.company).plan(partner_ids)
            env.cr.commit()
            return env.cr.sql_log_count - before

        env.cr.execute("SELECT id FROM customer LIMIT 10")
        few = [id_ for [id_] in env.cr.fetchall()]
        count_queries(few)
        taken = seconds(lambda: count_queries(None))
        yield Result(
            "next contacts of all customers planned, queries more than for 10",
            0,
            count_queries(None) - count_queries(few),
            f"{taken:.1f} s",
        )
        # Nothing is fast for nobody.
        yield Result(
            "customers whose next contact is planned",
            self.count("customer"),
            self.count("sales_contact_plan"),
            at_least=True,
        )

    # To-dos

    def measure_to_dos(self):
        taken = seconds(self.give_with_a_kill)
        env = self.large
        env.cr.rollback()  # to see what the other processes have done
        env.cr.execute(
            "SELECT count(*), count(DISTINCT sales_contact_plan_id),"
            "       max(count) FROM (SELECT sales_contact_plan_id, count(*) OVER ("
            "       PARTITION BY user_id) FROM mail_activity WHERE active"
            "   AND sales_contact_plan_id IS NOT NULL) to_do"
        )
        to_dos, customers, most = env.cr.fetchone()
        yield Result(
            "to-dos of a night, killed half way: second ones",
            0,
            to_dos - customers,
            f"of {to_dos:,}, {self.killed_after:,} before; {taken:.0f} s with two"
            " starts of Odoo",
        )
        yield Result("the same, a person's above the limit", 0, max(most - LIMIT, 0))

    def give_with_a_kill(self):
        half = self.count("person") * LIMIT / 2
        process = self.start()
        while self.count_given() < half and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        process.wait()
        self.killed_after = self.count_given()
        self.start().wait()

    def start(self):
        command = [sys.executable, "-m", "bench_suite.giving", self.large.cr.dbname]
        return subprocess.Popen(command)

    def count(self, table):
        self.large.cr.execute(f"SELECT count(*) FROM {table}")
        return self.large.cr.fetchone()[0]

    def count_given(self):
        self.large.cr.rollback()
        self.large.cr.execute(
            "SELECT count(*) FROM sales_contact_plan WHERE asked_date IS NOT NULL"
        )
        return self.large.cr.fetchone()[0]
