# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records

DECISION = "sales.decision"


class SalesDecisionOriginMixin(models.AbstractModel):
    """What decisions follow from, such as a study or a finding (policy 6.3.1).

    A decision links to each of these models by a field of its own, see
    ``_get_origin_fields`` of decisions.
    """

    _name = "sales.decision.origin.mixin"
    _description = "Origin of Decisions"

    can_decide = fields.Boolean(
        compute="_compute_can_decide", export_string_translation=False
    )
    decision_count = fields.Integer(
        string="Number of Decisions", compute="_compute_decision_count"
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends(lambda self: self._get_fields_to_decide())
    def _compute_can_decide(self):
        is_allowed = self.env[DECISION].has_access("create")
        for origin in self:
            origin.can_decide = is_allowed and origin._is_decidable()

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_decision_count(self):
        decisions, name, counts = self.env[DECISION], self._get_decision_field(), {}
        if decisions.has_access("read"):
            groups = decisions._read_group(
                [(name, "in", self.ids)], [name], ["__count"]
            )
            counts = {origin.id: count for origin, count in groups}
        for origin in self:
            origin.decision_count = counts.get(origin._origin.id, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_decide(self):
        """Open a new decision that follows from it."""
        self.ensure_one()
        self.check_access("read")
        self.env[DECISION].check_access("create")
        if not self._is_decidable():
            raise UserError(self._explain_undecidable())
        return {
            "type": "ir.actions.act_window",
            "res_model": DECISION,
            "views": [(False, "form")],
            "name": self.env._("Decide"),
            "context": self._get_decision_context(),
        }

    @api.readonly
    def action_open_decisions(self):
        """Show the decisions that follow from it."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_decision_action",
            [(self._get_decision_field(), "=", self.id)],
            name=self.display_name,
            context=self._get_decision_context(),
        )

    def _get_decision_context(self):
        """:return: context with the values of a decision that follows from it"""
        values = {
            self._get_decision_field(): self.id,
            **self._get_decision_defaults(),
        }
        return {f"default_{name}": value for name, value in values.items() if value}

    # ------------------------------------------------------------------
    # Hooks for models
    # ------------------------------------------------------------------

    @api.model
    def _get_decision_field(self):
        """:return: name of the field of decisions that links to the model"""
        raise NotImplementedError

    @api.model
    def _get_fields_to_decide(self):
        """:return: names of the fields that ``_is_decidable`` reads"""
        return []

    def _is_decidable(self):
        """:return: whether there is something to decide on"""
        self.ensure_one()
        return bool(self.id)

    def _explain_undecidable(self):
        """:return: why there is nothing to decide on"""
        return self.env._("There is nothing to decide on.")

    def _get_decision_defaults(self):
        """:return: values of a decision that follows from it"""
        self.ensure_one()
        return {"metric_id": self.metric_id.id, "company_id": self.company_id.id}

    @api.model
    def _get_change(self, actual, wanted):
        """:return: by how many percent a figure would have to change to be what is
        wanted; 0 if there is nothing that could grow"""
        return round(100 * (wanted - actual) / actual, 2) if actual > 0 else 0
