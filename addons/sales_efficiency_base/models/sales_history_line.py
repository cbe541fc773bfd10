# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

# Identifies an order
DOCUMENT = {"company_id", "name", "partner_id"}


class SalesHistoryLine(models.Model):
    """A past sale, imported so that last year's figures exist from the first day."""

    _name = "sales.history.line"
    _inherit = "sales.guard.mixin"
    _description = "Sales History"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        string="Reference",
        index="btree_not_null",
        help="E.g. the number of the order in the former system. Lines of the same"
        " reference and customer are one order; a line without reference is one.",
    )
    document_id = fields.Many2one(
        comodel_name="sales.history.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
        help="First line of the same order; empty on that line.",
    )
    import_id = fields.Many2one(
        comodel_name="sales.import",
        string="Imported By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="sales_efficiency_base.group_sales_director",
    )
    date = fields.Date(required=True, index=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    recorded_as = fields.Selection(
        selection=[
            ("sale", "Ordered, invoiced and collected"),
            ("order", "Ordered"),
            ("invoice", "Invoiced"),
            ("payment", "Collected"),
        ],
        string="Counts As",
        required=True,
        default="sale",
        help="Figures the line counts in. A completed sale counts in all of them.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="restrict",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        ondelete="restrict",
        check_company=True,
        compute="_compute_region_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Region of the customer when the line was made; it can be changed.",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        ondelete="restrict",
        check_company=True,
        compute="_compute_channel_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    product_id = fields.Many2one(
        comodel_name="product.product", ondelete="restrict", check_company=True
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        ondelete="restrict",
        compute="_compute_categ_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    quantity = fields.Float(digits="Product Unit", help="In the unit of the product.")
    amount = fields.Monetary(
        required=True, help="In the currency of the company, without taxes."
    )
    margin = fields.Monetary(help="Amount less cost; leave it empty if it is unknown.")
    is_margin_known = fields.Boolean(
        string="Margin Known",
        compute="_compute_is_margin_known",
        store=True,
        readonly=False,
        precompute=True,
        help="A margin of 0 counts as unknown unless this is ticked.",
    )
    cost = fields.Monetary(
        compute="_compute_cost",
        help="Amount less margin; empty if the margin is unknown.",
    )

    @api.depends("user_id", "company_id")
    def _compute_team_id(self):
        """As on orders, but only a team that the salesperson belongs to."""
        for (user, company), lines in self.grouped(
            lambda line: (line.user_id, line.company_id)
        ).items():
            if user:
                teams = self.env["crm.team"].with_company(company)
                team = teams._get_default_team_id(
                    user_id=user.id, domain=teams._check_company_domain(company)
                )
                own = user in team.member_ids | team.user_id
                fits = not team.company_id or team.company_id == company
                lines.team_id = own and fits and team

    @api.depends("partner_id", "company_id")
    def _compute_region_id(self):
        for line in self.filtered("partner_id"):
            line.region_id = line.partner_id._get_sales_region(line.company_id)

    @api.depends("partner_id")
    def _compute_channel_id(self):
        for line in self.filtered("partner_id"):
            line.channel_id = line.partner_id._get_sales_channel()

    @api.depends("margin")
    def _compute_is_margin_known(self):
        for line in self:
            line.is_margin_known = bool(line.margin)

    @api.depends("amount", "margin", "is_margin_known")
    def _compute_cost(self):
        for line in self:
            line.cost = line.is_margin_known and line.amount - line.margin

    @api.depends("product_id")
    def _compute_categ_id(self):
        for line in self:
            if line.product_id:
                line.categ_id = line.product_id.categ_id

    @api.model_create_multi
    def create(self, vals_list):
        """Treat empty cells of an import as missing columns: customer, salesperson
        and product then supply defaults as on an order, so that all figures count
        the sale."""
        proposed = (
            "categ_id",
            "channel_id",
            "company_id",
            "is_margin_known",
            "recorded_as",
            "region_id",
            "team_id",
        )
        lines = super().create(
            [
                {
                    name: value
                    for name, value in vals.items()
                    if value or name not in proposed
                }
                for vals in vals_list
            ]
        )
        self._group_by_document(lines.mapped("name"))
        return lines

    def write(self, vals):
        names = self.mapped("name")
        res = super().write(vals)
        if not DOCUMENT.isdisjoint(vals):
            self._group_by_document([*names, *self.mapped("name")])
        return res

    def unlink(self):
        names = self.mapped("name")
        res = super().unlink()
        self._group_by_document(names)
        return res

    @api.model
    def _group_by_document(self, names=None):
        """Group lines of the same company, reference and customer into one order.

        :param list names: references whose lines may have changed; None for all
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_history_line l SET document_id = d.document_id
                  FROM (
                    SELECT id, NULLIF(
                        MIN(id) OVER (PARTITION BY company_id, name, partner_id), id
                    ) AS document_id
                      FROM sales_history_line WHERE %s
                  ) d
                 WHERE d.id = l.id AND d.document_id IS DISTINCT FROM l.document_id
                """,
                SQL("name IS NOT NULL")
                if names is None
                else SQL("name = ANY(%s)", list(set(filter(None, names)))),
            )
        )
        self.invalidate_model(["document_id"])

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for the Sales History"),
                "template": "/sales_efficiency_base/static/xls/sales_history.xlsx",
            }
        ]
