# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people would have got in twelve months, beside the plain SQL of these months."""

import gc

from odoo.tools import SQL
from odoo.tools.date_utils import date_range

from .clock import interleave, ratio, seconds
from .memory import forget_peak, read_peak
from .paid_company import TODAY, YEAR
from .result import Result

# Of Python, for a year of 200 people with 25,000 invoice lines a month
MEGABYTES = 500


class Simulation:
    """
    :param company: :class:`.PaidCompany`
    """

    def __init__(self, company):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_incentive.engine import PlanSimulation

        self.PlanSimulation = PlanSimulation
        self.company = company
        self.env = company.env
        self.cr = company.cr
        self.people = company.people
        self.assignments = company.assignments

    def measure(self):
        """Compare what people would have got in twelve months with the plain SQL of
        these months."""
        sums = {}
        ours, theirs = interleave(
            lambda: self.by_simulation(sums), lambda: self.by_months(sums)
        )
        yield Result(
            "twelve months simulated, times the plain SQL", 2, *ratio(ours, theirs)
        )
        yield Result(
            "the same, people with another sum than in the plain SQL",
            0,
            sum(ours != theirs for ours, theirs in zip(*sums.values(), strict=True)),
            f"of {len(self.people)} people",
        )
        yield self.measure_memory(sums)

    def measure_memory(self, sums):
        """Measure how much memory a year takes: it is simulated month by month."""
        self.env.invalidate_all()
        gc.collect()
        forget_peak()
        before = read_peak()
        self.by_simulation(sums)
        after = read_peak()
        return Result(
            "the same, megabytes of Python that it takes",
            MEGABYTES,
            after - before,
            f"{after:.0f} MB - {before:.0f} MB",
        )

    def by_simulation(self, sums):
        versions = self.assignments.plan_id.version_ids
        found = dict.fromkeys(self.assignments.ids, 0)
        self.env.invalidate_all()

        def simulate():
            simulation = self.PlanSimulation(versions, YEAR, TODAY, True)
            for result in simulation.run(simulation.find_assignments()):
                found[result.assignment_id] += result.amount

        duration = seconds(simulate)
        sums["ours"] = [round(float(amount), 2) for amount in found.values()]
        return duration

    def by_months(self, sums):
        """Fill a plain table with a year instead of the one of the quarter."""
        self.cr.execute("ALTER TABLE bench.sales_incentive_entry RENAME TO kept")
        self.company.create_plain_table()
        self.cr.commit()

        def fill():
            for month in date_range(YEAR, TODAY):
                self.company.fill(self.assignments, month)

        duration = seconds(fill)
        sums["theirs"] = self.sum_plain()
        self.cr.execute("DROP TABLE bench.sales_incentive_entry")
        self.cr.execute("ALTER TABLE bench.kept RENAME TO sales_incentive_entry")
        self.cr.commit()
        return duration

    def sum_plain(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT assignment_id, SUM(amount) FROM bench.sales_incentive_entry"
                " GROUP BY assignment_id"
            )
        )
        found = dict.fromkeys(self.assignments.ids, 0) | dict(rows)
        return [round(amount, 2) for amount in found.values()]
