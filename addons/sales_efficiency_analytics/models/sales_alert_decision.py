# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesAlert(models.Model):
    """Warnings are decided on (policy 2.2.3, 6.3.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _name = "sales.alert"
    _inherit = ["sales.alert", "sales.decision.origin.mixin"]

    @api.model
    def _get_decision_field(self):
        return "alert_id"

    @api.model
    def _get_fields_to_decide(self):
        return [*super()._get_fields_to_decide(), "state"]

    def _is_decidable(self):
        return super()._is_decidable() and self.state != "closed"

    def _explain_undecidable(self):
        return self.env._(
            "%s is closed: there is nothing to decide on any more.", self.display_name
        )

    def _get_decision_defaults(self):
        return {
            **super()._get_decision_defaults(),
            **self._get_scope_ids(),
            "expected_percent": self._get_change(self.actual, self.expected),
        }
