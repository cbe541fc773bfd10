# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from odoo import models

# Proposals of each kind in a report: the largest
MOST = 5


@dataclass
class News:
    """What the data say about a customer of a person.

    :param kind: kind of the news, of which a report gets at most ``MOST``
    :param key: what makes it the same news
    :param amount: what it is worth
    :param describe: text in the language of an environment
    :param vals: further values of the line
    :param is_limited: whether the smallest may be left out
    """

    user: models.Model
    kind: str
    key: str
    amount: float
    describe: Callable
    vals: dict = field(default_factory=dict)
    is_limited: bool = True


class NewsLines:
    """Proposes what happened with customers as lines of weekly reports.

    :param reports: ``sales.weekly.report`` drafts of one company and week, as
        superuser: the news are limited to the author of each report
    """

    def __init__(self, reports):
        self._reports = reports

    def prepare(self):
        """Return the values of lines to propose, and note what is proposed: lines that
        the author removes do not come back."""
        news = defaultdict(list)
        for finder in self._reports._get_news_finders():
            for item in finder(self._reports).find():
                news[item.user].append(item)
        return [
            vals
            for report in self._reports
            for vals in self._prepare_lines(report, news[report.user_id])
        ]

    def _prepare_lines(self, report, news):
        env = report.with_context(lang=report.user_id.lang).env
        known = report.proposed_keys or []
        counts = Counter(key.partition(":")[0] for key in known)
        new = []
        for item in sorted(news, key=lambda item: -item.amount):
            key = f"{item.kind}:{item.key}"
            is_left_out = item.is_limited and counts[item.kind] >= MOST
            if key not in known and not is_left_out:
                counts[item.kind] += 1
                new.append((key, item))
        if new:
            report.proposed_keys = [*known, *(key for key, _item in new)]
        return [
            {
                "report_id": report.id,
                "kind": "customer",
                "name": item.describe(env),
                "is_proposed": True,
                **item.vals,
            }
            for _key, item in new
        ]
