# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import add_up

from ..engine import CRITERIA

# Until a company decides
USUAL = dict(zip(CRITERIA, (30.0, 30.0, 20.0, 20.0), strict=True))


class SalesNeedWeight(models.Model):
    """How much each grade of a need counts in a company (policy 3.2.2)."""

    _name = "sales.need.weight"
    _inherit = ["sales.guard.mixin", "mail.thread"]
    _description = "Weights of Needs"
    _order = "company_id, id"
    _rec_name = "company_id"
    _fixed_fields = ("company_id",)

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    urgency = fields.Float(
        required=True, default=USUAL["urgency"], digits=(5, 2), tracking=True
    )
    importance = fields.Float(
        required=True, default=USUAL["importance"], digits=(5, 2), tracking=True
    )
    feasibility = fields.Float(
        required=True, default=USUAL["feasibility"], digits=(5, 2), tracking=True
    )
    fit = fields.Float(
        string="Our Fit",
        required=True,
        default=USUAL["fit"],
        digits=(5, 2),
        tracking=True,
    )

    _company_uniq = models.UniqueIndex(
        "(company_id)", "The company has weights already: change those."
    )
    _weights_positive = models.Constraint(
        "CHECK (urgency >= 0 AND importance >= 0 AND feasibility >= 0 AND fit >= 0)",
        "A weight cannot be negative.",
    )

    @api.constrains(*CRITERIA)
    def _check_weights(self):
        for record in self:
            weights = [record[name] for name in CRITERIA]
            if not add_up(weights):
                raise ValidationError(
                    self.env._(
                        "The weights of %(name)s add up to %(sum)s. They must be"
                        " 100.00 together.",
                        name=record.display_name,
                        sum=formatLang(self.env, sum(weights), digits=2),
                    )
                )

    @api.model
    def _get_weights(self, companies):
        """:return: dict company -> dict criterion -> weight"""
        # sudo: they count for whatever anybody grades.
        found = self.sudo().search([("company_id", "in", companies.ids)])
        weights = dict.fromkeys(companies, USUAL)
        # A form without company
        weights[companies.browse()] = USUAL
        for record in found:
            weights[record.company_id] = {name: record[name] for name in CRITERIA}
        return weights
