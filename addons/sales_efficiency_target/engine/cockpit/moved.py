# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import name_period

from .panel import TargetPanel


class Moved(TargetPanel):
    """The past months whose actuals have changed since, e.g. by a backdated order."""

    key = "moved"

    def get_data(self):
        """:return: dict of ``months`` (their names) and ``domain`` of their results"""
        domain = self.choice.targets_domain
        domain &= Domain("period", "=", "month") & Domain("moved", "!=", 0)
        results = self.env["sales.target.result"]
        groups = results._read_group(domain, ["date_from:day"], order="date_from:day")
        return {
            "months": [name_period(self.env, "month", day) for [day] in groups],
            "domain": list(domain),
        }
