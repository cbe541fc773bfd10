# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesResearchFinding(models.Model):
    """Something that was found out, and who says so (policy 3.1.1)."""

    _name = "sales.research.finding"
    _inherit = "sales.guard.mixin"
    _description = "Finding of a Market Research"
    _order = "date desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("round_id",)

    name = fields.Char(string="Finding", required=True)
    round_id = fields.Many2one(
        comodel_name="sales.research.round",
        required=True,
        index=True,
        ondelete="cascade",
    )
    research_id = fields.Many2one(
        related="round_id.research_id", store=True, index=True
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True)
    topic = fields.Selection(related="research_id.topic")
    region_id = fields.Many2one(related="research_id.region_id")
    categ_id = fields.Many2one(related="research_id.categ_id")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Found By",
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._get_sales_today()
    )
    source = fields.Char(
        required=True, help="Who says so: a report, a customer, a fair, a website."
    )
    url = fields.Char(string="Link")
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    competitor_id = fields.Many2one(
        comodel_name="sales.competitor",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    note = fields.Html()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(finding.round_id.state == "done" for finding in self):
            raise UserError(
                self.env._(
                    "The round is done, and its findings are kept. Reopen it to delete"
                    " one."
                )
            )
