# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..engine import BiViews


class SalesBiRole(models.Model):
    """Who reads the views of the schema ``sales_bi`` with SQL (policy 6.1.1).

    `script/bi-user` makes the role of PostgreSQL and its record. The views ask these
    records which companies the one who is connected may see, and in which language.
    """

    _name = "sales.bi.role"
    _inherit = "sales.guard.mixin"
    _description = "SQL Access to Sales Figures"
    _order = "name"

    name = fields.Char(string="User of the Database", required=True, readonly=True)
    active = fields.Boolean(
        default=True, help="An archived one still connects, but sees no row."
    )
    company_ids = fields.Many2many(
        comodel_name="res.company",
        relation="sales_bi_role_company_rel",
        column1="role_id",
        column2="company_id",
        string="Companies",
        readonly=True,
    )
    lang = fields.Char(string="Language of Names", readonly=True)
    is_known = fields.Boolean(
        string="On this Server",
        compute="_compute_is_known",
        help="A database that was restored on another server has no such users there.",
    )

    _name_uniq = models.Constraint("UNIQUE (name)", "This user is listed already.")

    @api.depends("name")
    def _compute_is_known(self):
        known = set(BiViews(self.env).read_roles())
        for role in self:
            role.is_known = role.name in known

    def write(self, vals):
        if vals.get("active") and not self.env.su:
            self._check_directs_all()
        return super().write(vals)

    def _check_directs_all(self):
        """Let everybody concerned shut a reader out, but only those open up again who
        direct all companies that are read.

        :raise AccessError: naming the reader
        """
        self.check_access("write")
        for role in self:
            # sudo: which companies these are is not told.
            if role.sudo().company_ids - self.env.companies:
                raise AccessError(
                    self.env._(
                        "%s reads figures of companies that are not yours, or not"
                        " chosen at the top right. Ask a director of all of them.",
                        role.name,
                    )
                )

    @api.model
    def _renew_views(self):
        """Make the views anew where the columns of the mart have changed."""
        self.env.flush_all()
        BiViews(self.env).renew()
