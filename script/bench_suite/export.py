# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All figures written as Parquet, beside a plain copy of the table as CSV."""

import os

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result, differing

ROUNDS = 3
# Files of the month of an order
CHANGED = ("facts", "cells")


def measure(databases):
    with environment(databases.large) as env:
        yield from Export(env).measure()


class Export:
    """The export of a company: all of it, and after one order has changed."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_analytics.engine import MartExport

        self.MartExport = MartExport
        self.env = env
        self.cr = env.cr
        company = env["res.company"].search([], order="id", limit=1)
        self.export = env["sales.mart.export"].create(
            {"company_id": company.id, "lang": "en_US"}
        )
        self.peak = 0

    def measure(self):
        ours, theirs = interleave(
            self.write_all, lambda: seconds(self.copy), rounds=ROUNDS
        )
        rows = self.export.row_count
        yield Result(
            f"{rows:,} figures as Parquet, with months and names,"
            " times COPY of the figures to CSV",
            2,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, peak memory of the writing process, MB",
            300,
            self.peak / 1e6,
            f"{self.export.size / 1e6:.0f} MB in {self.export.file_count} files",
        )
        yield Result(
            "exported figures that differ in number from the mart's",
            0,
            differing(self.differ(), rows),
            f"of {rows:,} figures",
        )
        again = [seconds(self.write) for _time in theirs]
        yield Result(
            "export after no change, times COPY of the figures to CSV",
            0.5,
            *ratio(again, theirs),
        )
        files = self.export.file_count
        yield Result(
            "the same, files written anew",
            0,
            differing(self.export.written_count, files),
            f"of {files:,} files",
        )
        self.change()
        taken = seconds(self.write)
        written = self.export.written_count
        yield Result(
            "export after a changed order, files written anew",
            len(CHANGED),
            differing(written, written),
            f"{taken:.1f} s",
        )

    def write_all(self):
        """Write all anew; removing what was written before does not count."""
        self.export.file_ids.unlink()
        return seconds(self.write)

    def write(self):
        run = self.MartExport(self.export)
        self.export.write(run.run())
        self.peak = max(self.peak, run.peak)

    def change(self):
        self.cr.execute(
            "UPDATE sale_order_line SET price_subtotal = price_subtotal + 1,"
            " margin = margin + 1 WHERE order_id = (SELECT MAX(id) FROM sale_order)"
        )
        self.env["sales.mart"]._refresh()

    def copy(self):
        with open(os.devnull, "wb") as file:
            self.cr.copy_expert("COPY sales_fact TO STDOUT (FORMAT csv)", file)

    def differ(self):
        [[rows]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM sales_fact WHERE company_id = %s",
                self.export.company_id.id,
            )
        )
        return abs(rows - self.export.row_count)
