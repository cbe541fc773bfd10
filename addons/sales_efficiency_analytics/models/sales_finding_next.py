# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesFinding(models.Model):
    """What is asked and decided about a finding."""

    _inherit = "sales.finding"  # pylint: disable=consider-merging-classes-inherited

    study_count = fields.Integer(
        string="Number of Studies", compute="_compute_study_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_study_count(self):
        groups = self.env["sales.study"]._read_group(
            [("finding_id", "in", self.ids)], ["finding_id"], ["__count"]
        )
        counts = {finding.id: count for finding, count in groups}
        for finding in self:
            finding.study_count = counts.get(finding._origin.id, 0)

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.readonly
    def action_ask(self):
        """Open a new study of the metric, in the place of the finding."""
        self.ensure_one()
        self.check_access("read")
        self.env["sales.study"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.study",
            "views": [(False, "form")],
            "name": self.env._("Ask"),
            "context": self._get_study_context(),
        }

    @api.readonly
    def action_open_studies(self):
        """Show the studies about the finding."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_study_action",
            [("finding_id", "=", self.id)],
            name=self.display_name,
            context=self._get_study_context(),
        )

    def _get_study_context(self):
        """:return: context with the values of a study about the finding"""
        self.ensure_one()
        values = {
            "name": self.env._("What is behind %s?", self.display_name),
            "finding_id": self.id,
            "metric_id": self.metric_id.id,
            "company_id": self.company_id.id,
            "method": "trend",
            **self._get_scope_ids(),
        }
        # sudo: who sees the figures of a place sees its name.
        if class_ := self.sudo().class_id:
            # Studies are not of classes; the form says so.
            values["left_out"] = self.env._("Customers: %s", class_.name)
        return {f"default_{name}": value for name, value in values.items()}

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    @api.model
    def _get_decision_field(self):
        return "finding_id"

    @api.model
    def _get_fields_to_decide(self):
        return [*super()._get_fields_to_decide(), "state"]

    def _is_decidable(self):
        return super()._is_decidable() and self.state != "closed"

    def _explain_undecidable(self):
        return self.env._(
            "%s is over: there is nothing to decide on any more.", self.display_name
        )

    def _get_decision_defaults(self):
        return {
            **super()._get_decision_defaults(),
            **self._get_scope_ids(),
            "expected_percent": self._get_percent_missing(),
        }

    def _get_percent_missing(self):
        """:return: by how many percent the metric would have to change for the finding
        to be over; 0 for what grows already"""
        self.ensure_one()
        actual, usual = {
            "slow": (self.actual, self.expected),
            "wallet": (self.share, self.peer_share),
        }.get(self.cause, (0, 0))
        return self._get_change(actual, usual)
