# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Datetime
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine.cockpit import Freshness


class ResultFreshness(Freshness):
    """Age of the results, and whether documents have changed since."""

    def is_visible(self):
        return bool(self.choice.gauges)

    def get_data(self):
        """Return the age of the results.

        :return: dict of ``as_of`` (str, UTC; False before the first measurement),
            ``pending_count`` (changed documents not yet included),
            ``is_measuring`` (changed facts not yet included in the results) and
            ``can_refresh``
        """
        [[is_measuring]] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM sales_target_change)")
        )
        plan = self.choice.plan
        return super().get_data() | {
            "as_of": Datetime.to_string(plan.measured_at),
            "is_measuring": plan.state == "running" and is_measuring,
        }
