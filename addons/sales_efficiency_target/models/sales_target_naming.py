# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from .sales_target_scope import SEPARATOR


class SalesTarget(models.Model):
    """What targets are called, and how they are found by it."""

    _inherit = "sales.target"  # pylint: disable=consider-merging-classes-inherited

    @api.depends(lambda self: ("company_id", "metric_id", *self._get_dimensions()))
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            target.display_name = self.env._(
                "%(scope)s: %(metric)s",
                scope=target._get_scope_name(),
                metric=target.metric_id.name or "",
            )

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        domain = self._get_domain_of_name(operator, value)
        if operator == "in":
            whole = map(self._find_by_name, filter(None, value))
            domain |= Domain("id", "in", self.browse().union(*whole).ids)
        return domain

    @api.model
    def _get_domain_of_name(self, operator, value):
        """Return the domain of targets whose metric, company or scope has the name."""
        return Domain.OR(
            Domain(f"{name}.display_name", operator, value)
            for name in ("metric_id", "company_id", *self._get_dimensions())
        )

    @api.model
    def _find_by_name(self, name):
        """Find targets by their full display name, as shown in lists and imported."""
        name = name.strip()
        # Chinese names use a full-width colon.
        scope = name.replace("：", ":").rpartition(":")[0]
        domain = Domain.AND(
            self._get_domain_of_name("in", [part.strip()])
            for part in scope.split(SEPARATOR.strip())
        )
        if self.env.context.get("import_file"):
            # Plans of other years contain targets with the same name.
            domain &= Domain("plan_id.state", "=", "draft")
        return self.search(domain).filtered(lambda target: target.display_name == name)
