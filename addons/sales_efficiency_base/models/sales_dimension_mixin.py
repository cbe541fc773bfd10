# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesDimensionMixin(models.AbstractModel):
    """Region and channel to which a document is attributed (policy 6.1.1).

    ``_compute_sales_region_id`` and ``_compute_sales_channel_id`` of the document
    propose them; users can change them.
    """

    _name = "sales.dimension.mixin"
    _description = "Region and Channel of a Document"

    sales_region_id = fields.Many2one(
        comodel_name="sales.region",
        compute="_compute_sales_region_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    sales_channel_id = fields.Many2one(
        comodel_name="sales.channel",
        compute="_compute_sales_channel_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('company_id', 'in', [False, company_id])]",
    )

    def _check_company_of_dimensions(self, names):
        """Refuse a region or a channel of another company.

        :param names: which of the two fields to check
        """
        for name in names:
            for node, documents in self.grouped(name).items():
                node._check_company_of(documents)
