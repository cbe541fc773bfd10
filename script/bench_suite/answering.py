# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answer the studies that wait, as the scheduled job does: a process of its own."""

import sys

from .database import environment


def answer(database):
    with environment(database) as env:
        env["sales.study.result"]._cron_answer()


if __name__ == "__main__":
    answer(sys.argv[1])
