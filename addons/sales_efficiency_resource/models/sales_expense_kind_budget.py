# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import Scope


class SalesExpenseKind(models.Model):
    """Kinds of expenses as what budgets are for."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.expense.kind"

    planned_cost_of = fields.Selection(
        selection=lambda self: self._selection_planned_costs(),
        string="Takes Planned Costs Of",
        help="Plans whose costs are proposed for this kind when budgets are made.",
    )
    budget_ids = fields.One2many(
        comodel_name="sales.target",
        inverse_name="expense_kind_id",
        string="Budgets",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.model
    def _selection_planned_costs(self):
        return self.env["sales.planned.cost.mixin"]._selection_planned_costs()

    def _get_budget_scope(self, company):
        """:return: the :class:`Scope` of what a company spends on the kind"""
        self.ensure_one()
        return Scope(company.id, expense_kind_id=self.id)

    def _check_apart(self):
        """Refuse kinds of which one contains another: money would count twice."""
        for kind in self:
            path = {int(id_) for id_ in (kind.parent_path or "").split("/") if id_}
            if above := self.filtered(lambda k, p=path: k.id in p) - kind:
                raise UserError(
                    self.env._(
                        "%(kind)s is part of %(above)s: its money would count twice."
                        " Leave one of them out.",
                        kind=kind.name,
                        above=above[0].name,
                    )
                )
