# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import FIRST_DAY, LAST_DAY, Period


class SalesInquiryMixin(models.AbstractModel):
    """A question about a scope and a period, on a form that answers at once.

    Nothing of it is stored: whatever is chosen, the answer is computed anew, of what
    the user may see.
    """

    _name = "sales.inquiry.mixin"
    _inherit = ["sales.scope.mixin", "sales.guard.mixin"]
    _description = "Question about a Scope"
    _protects_readonly = False

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    answer = fields.Json(compute="_compute_answer", export_string_translation=False)

    @api.model
    def default_get(self, fields):
        """Ask about the own figures, those of the own team, or the whole company."""
        values = super().default_get(fields)
        names = self._get_dimensions()
        if not any(f"default_{name}" in self.env.context for name in names):
            values |= {
                name: id_
                for name, id_ in self._get_own_scope().items()
                if name in fields
            }
        return values

    @api.model
    def _get_own_scope(self):
        """:return: dict dimension -> id"""
        user = self.env.user
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return {}
        is_leader = user.has_group("sales_efficiency_base.group_sales_leader")
        if is_leader and user.sales_led_team_ids:
            return {"team_id": user.sales_led_team_ids[0].id}
        return {"user_id": user.id}

    @api.depends(lambda self: self._get_parameters())
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_answer(self):
        for inquiry in self:
            start = inquiry.date_from or FIRST_DAY
            end = inquiry.date_to or LAST_DAY
            if end < start:
                problem = self.env._("The period cannot end before it starts.")
                inquiry.answer = {"problem": problem}
            else:
                inquiry.answer = inquiry._answer(Period(start, end))

    @api.model
    def _get_parameters(self):
        """:return: names of the fields that the answer depends on"""
        return ["company_id", "date_from", "date_to", *self._get_dimensions()]

    def _answer(self, period):
        """Return the answer, as JSON for the client."""
        raise NotImplementedError

    def _get_question(self):
        """Return scope and period of the question, as JSON for the client."""
        self.ensure_one()
        dimensions = {name: self[name]._origin.id for name in self._get_dimensions()}
        return {
            "company_id": self.company_id.id,
            "date_from": fields.Date.to_string(self.date_from),
            "date_to": fields.Date.to_string(self.date_to),
            **{name: id_ or False for name, id_ in dimensions.items()},
        }
