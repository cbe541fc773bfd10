# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import Results, add_up


class SalesTargetProgressMixin(models.AbstractModel):
    """Shows the progress of targets on the records of a dimension (policy 2.2.2).

    A model names its dimension in ``_sales_target_dimension``.
    """

    _name = "sales.target.progress.mixin"
    _description = "Progress of Sales Targets"
    _sales_target_dimension = None

    sales_target_count = fields.Integer(
        string="Running Targets", compute="_compute_sales_target_progress"
    )
    sales_target_attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        compute="_compute_sales_target_progress",
        help="Of the first metric of the running plan, in the year to date.",
    )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_sales_target_progress(self):
        """Compute all records in two queries; without access to results, show none."""
        self.sales_target_count = 0
        self.sales_target_attainment = 0.0
        owners = self._get_sales_target_owners()
        if not self.env["sales.target.result"].has_access("read"):
            return
        results = Results(self.env)
        rows = results.find(
            self._get_sales_target_domain(owners.values())
            & Domain("company_id", "=", self.env.company.id)
        )
        by_owner = defaultdict(list)
        for row in rows:
            owner = row["place"].get(self._sales_target_dimension)
            by_owner[owner].append(row)
        by_owner.pop(None, None)
        ancestors = results.get_ancestors(rows)
        metrics = {row["metric_id"] for row in rows}
        order = self.env["sales.metric"].browse(metrics).sorted().ids
        for record, owner in owners.items():
            own = by_owner.get(owner)
            if own:
                metric_id = min({row["metric_id"] for row in own}, key=order.index)
                first = [row for row in own if row["metric_id"] == metric_id]
                whole = results.choose_whole(first, ancestors)[0]
                record.sales_target_count = len(own)
                record.sales_target_attainment = add_up(whole)["attainment"] or 0.0

    def _get_sales_target_owners(self):
        """:return: dict record -> id in the dimension by which to find its targets"""
        return {record: record._origin.id for record in self if record._origin}

    def _get_sales_target_domain(self, ids):
        """Return the domain of the results counted on the button."""
        domain = Domain(self._sales_target_dimension, "in", list(ids))
        domain &= Domain("period", "=", "to_date")
        return domain & Domain("plan_id.state", "=", "running")

    @api.readonly
    def action_open_sales_results(self):
        """Show the results of the record's targets, by default the year to date."""
        self.ensure_one()
        ids = self._get_sales_target_owners().values()
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_result_action",
            Domain(self._sales_target_dimension, "in", list(ids)),
            name=self.display_name,
            context={"search_default_to_date": 1},
        )
