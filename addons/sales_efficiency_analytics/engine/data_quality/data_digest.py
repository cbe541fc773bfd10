# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict
from functools import partial

from odoo.addons.sales_efficiency_base.engine import DigestSection

from .data_to_dos import is_of

# Rules named in the mail; the others are one click away
LENGTH = 10


class DataDigest:
    """What an owner of data reads in the digest: the rules with open issues.

    :param env: environment of the sender
    """

    def __init__(self, env):
        self.env = env

    def get_sections(self):
        """:return: dict user -> function that gives the section in a language"""
        groups = self.env["sales.data.issue"]._read_group(
            [
                ("state", "=", "open"),
                ("rule_id.active", "=", True),
                ("owner_id.active", "=", True),
            ],
            ["owner_id", "rule_id", "company_id"],
            ["__count"],
        )
        counts = defaultdict(Counter)
        for user, rule, company, count in groups:
            if is_of(user, company):
                counts[user][rule] += count
        return {
            user: partial(self._describe, list(some.items()))
            for user, some in counts.items()
        }

    @staticmethod
    def _describe(counts, env):
        """:param env: environment in the language of the reader"""
        ranked = sorted(counts, key=lambda item: (item[0].severity, -item[1]))
        total = sum(count for _rule, count in counts)
        return DigestSection(
            title=env._("Data to correct: %(count)s", count=total),
            lines=[
                (rule.with_env(env).name, str(count)) for rule, count in ranked[:LENGTH]
            ],
            path="/odoo/sales-data-issues",
            button=env._("Open the Data Issues"),
        )
