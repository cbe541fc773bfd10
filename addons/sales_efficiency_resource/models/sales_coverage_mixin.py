# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesCoverageMixin(models.AbstractModel):
    """An agreed area, regions × product lines, and how much of it is covered.

    Each region with each line is a cell. Without lines the cells are the regions,
    without regions the lines.
    """

    _name = "sales.coverage.mixin"
    _description = "Agreed Area"

    region_ids = fields.Many2many(
        comodel_name="sales.region",
        string="Regions",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    categ_ids = fields.Many2many(
        comodel_name="product.category", string="Product Lines"
    )
    cell_count = fields.Integer(
        string="Agreed Cells",
        compute="_compute_cell_count",
        help="Regions × product lines.",
    )
    coverage = fields.Float(
        string="Coverage (%)",
        compute="_compute_coverage",
        digits=(5, 1),
        aggregator=None,
        help="Agreed cells with a sale this year, in percent of all agreed cells.",
    )

    @api.depends("region_ids", "categ_ids")
    def _compute_cell_count(self):
        for record in self:
            sides = len(record.region_ids), len(record.categ_ids)
            record.cell_count = max(sides[0], 1) * max(sides[1], 1) if any(sides) else 0

    @api.depends("region_ids", "categ_ids")
    def _compute_coverage(self):
        """Measure all records in one batch, see the metric ``channel_coverage``."""
        asked = {
            record: (record._get_coverage_scope(), record._get_coverage_period())
            for record in self
            if record._origin and record.cell_count
        }
        values = self._ask_of("channel_coverage", asked)
        for record in self:
            record.coverage = values.get(record) or 0

    @api.model
    def _ask_of(self, name, asked):
        """Measure a metric for many records in one batch.

        :param dict asked: record → (scope, period)
        :return: dict record → value
        """
        if not asked:
            return {}
        scopes, periods = zip(*asked.values(), strict=True)
        values = self.env["sales.metric"].ask([name], scopes, periods)
        return {
            record: values[name, scope, period]
            for record, (scope, period) in asked.items()
        }

    def _get_coverage_scope(self):
        """:return: the :class:`Scope` of its sales"""
        raise NotImplementedError

    def _get_coverage_period(self):
        """:return: the :class:`Period` of its sales"""
        raise NotImplementedError
