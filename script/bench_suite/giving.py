# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give the to-dos of a night, as the scheduled job does: a process that is killed."""

import sys

from .database import environment


def give(database):
    with environment(database) as env:
        env["sales.contact"]._cron_follow_up()


if __name__ == "__main__":
    give(sys.argv[1])
