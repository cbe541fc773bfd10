# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare, float_round


class SalesTargetDistribution(models.Model):
    """Spreads a year over its months by percentages (policy 2.1.1)."""

    _name = "sales.target.distribution"
    _inherit = "sales.guard.mixin"
    _description = "Monthly Distribution of Sales Targets"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        help="Leave empty to share it between all companies.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.target.distribution.line",
        inverse_name="distribution_id",
        string="Months",
        copy=True,
        default=lambda self: self._default_line_ids(),
    )
    total = fields.Float(string="Total (%)", compute="_compute_total", digits=(16, 2))

    @api.model
    def _default_line_ids(self):
        return [
            Command.create({"number": number, "percent": 100 / 12})
            for number in range(1, 13)
        ]

    @api.depends("line_ids.percent")
    def _compute_total(self):
        for distribution in self:
            total = sum(distribution.line_ids.mapped("percent"))
            distribution.total = float_round(total, precision_digits=2)

    @api.constrains("line_ids")
    def _check_lines(self):
        for distribution in self:
            numbers = distribution.line_ids.mapped("number")
            if sorted(numbers) != list(range(1, 13)):
                raise ValidationError(
                    self.env._(
                        "%(name)s needs one percentage for each of the 12 months.",
                        name=distribution.name,
                    )
                )
            if float_compare(distribution.total, 100, precision_digits=2):
                raise ValidationError(
                    self.env._(
                        "The months of %(name)s total %(total).2f %%. They must"
                        " total 100.00 %%.",
                        name=distribution.name,
                        total=distribution.total,
                    )
                )

    def _get_weights(self):
        """:return: the 12 percentages, starting with the first month of the year"""
        self.ensure_one()
        return self.line_ids.sorted("number").mapped("percent")
