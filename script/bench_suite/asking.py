# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ask the customers who rate, as the scheduled job does: a process that is killed."""

import sys

from .appraisals import frozen
from .database import environment

with environment(sys.argv[1]) as env, frozen(env):
    env["sales.appraisal.rating"]._cron_ask()
