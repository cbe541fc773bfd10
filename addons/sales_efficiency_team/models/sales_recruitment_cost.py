# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesRecruitmentCost(models.Model):
    """What a recruitment channel costs in a month (policy 4.1.2)."""

    _name = "sales.recruitment.cost"
    _inherit = "sales.guard.mixin"
    _description = "Cost of a Recruitment Channel"
    _order = "month desc, source_id, id"
    _rec_name = "source_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Channel",
        required=True,
        index=True,
        ondelete="restrict",
        help="Source of the applicants, e.g. a job site or a job fair.",
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        string="Job",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Leave empty if it was spent for several jobs.",
    )
    month = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_sales_today().replace(day=1),
        help="Any day of it.",
    )
    amount = fields.Monetary(string="Cost", required=True)
    note = fields.Char(help="What it was spent for.")

    _key = models.UniqueIndex(
        "(company_id, source_id, COALESCE(job_id, 0), month)",
        "The cost of this channel, job and month is entered already. Change that one.",
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A cost cannot be negative: enter 0 or more."
    )

    @api.model_create_multi
    def create(self, vals_list):
        costs = super().create(vals_list)
        costs._start_month()
        return costs

    def write(self, vals):
        res = super().write(vals)
        if "month" in vals:
            self._start_month()
        return res

    def _start_month(self):
        """Keep the first day of the month, whichever was entered."""
        for cost in self:
            if cost.month.day != 1:
                cost.month = cost.month.replace(day=1)
