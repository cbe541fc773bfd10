# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ask the customers who rate, as the scheduled job does: a process that is killed."""

import sys

from .database import environment


def ask(database):
    with environment(database) as env:
        # Add-ons can be imported only once the registry is loaded.
        from .appraisals import frozen

        with frozen(env):
            env["sales.appraisal.rating"]._cron_ask()


if __name__ == "__main__":
    ask(sys.argv[1])
