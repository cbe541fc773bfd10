# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.spreadsheet.utils.validate_data import odoo_charts

# Key in the context of a pivot, list or chart: the XML id of the metric it shows
METRIC = "sales_metric"


class MetricDomains:
    """Has the pivots, lists and charts of a spreadsheet count what metrics count.

    A spreadsheet keeps the domains of its sources. Metrics may change, so their
    domains are filled in each time the spreadsheet is opened.
    """

    def __init__(self, env):
        self.env = env

    def apply(self, snapshot):
        """Replace the domains of the sources that name a metric.

        :param dict snapshot: content of a spreadsheet; changed in place
        """
        for source in self.get_sources(snapshot):
            if metric := self._get_metric(source):
                source["domain"] = list(metric._get_facts_domain())

    @staticmethod
    def get_sources(snapshot):
        """:return: list of dicts, each with ``context`` and ``domain`` of a source"""
        return [
            *snapshot.get("pivots", {}).values(),
            *snapshot.get("lists", {}).values(),
            *(chart["searchParams"] for chart in odoo_charts(snapshot)),
        ]

    def _get_metric(self, source):
        """:return: the metric that a source names, or None"""
        name = (source.get("context") or {}).get(METRIC)
        # sudo: it says which figures count, not what they are; reading them takes the
        # rights of the user.
        metrics = self.env["sales.metric"].sudo()
        found = name and metrics.env.ref(name, raise_if_not_found=False)
        return found if found and found._name == metrics._name else None
