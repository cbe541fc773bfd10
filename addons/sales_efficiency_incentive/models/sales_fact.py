# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    _inherit = "sales.fact"

    net_amount = fields.Monetary(
        string="Collected without Taxes",
        unit="currency",
        help="Of collections: the part of the invoice line that was paid, without"
        " taxes. What is paid in full gives exactly the invoiced amount.",
    )

    # Incentives ask for the few credit notes of a month again and again.
    _refunds = models.Index("(company_id, date) WHERE event = 'refund'")
