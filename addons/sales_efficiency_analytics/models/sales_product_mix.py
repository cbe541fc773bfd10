# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesProductMix(models.Model):
    """What a product line was of the sales of two months, and what moved (6.3.1).

    The monthly search for findings writes it.
    """

    _name = "sales.product.mix"
    _inherit = "sales.guard.mixin"
    _log_access = False
    _description = "Product Mix"
    _order = "month desc, amount desc, id"
    _rec_name = "categ_id"

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    month = fields.Date(
        required=True,
        readonly=True,
        help="First day of the second of the two months.",
    )
    is_latest = fields.Boolean(string="Last Search", readonly=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    amount = fields.Monetary(readonly=True, help="Of the two months.")
    last_year = fields.Monetary(readonly=True, help="The same months a year before.")
    moved = fields.Monetary(
        readonly=True,
        help="Amount above last year × the growth of the company: what lines gained and"
        " lost adds up to 0.",
    )
    # Without sales of the company there are no shares.
    has_share = fields.Boolean(readonly=True, export_string_translation=False)
    has_last_share = fields.Boolean(readonly=True, export_string_translation=False)
    share = fields.Float(string="Share (%)", digits=(16, 1), readonly=True)
    last_share = fields.Float(
        string="Share Last Year (%)", digits=(16, 1), readonly=True
    )
    share_change = fields.Float(
        string="Change",
        digits=(16, 1),
        readonly=True,
        help="Of the share, in percentage points.",
    )
    growth = fields.Float(
        string="Growth (%)", digits=(16, 1), readonly=True, aggregator=None
    )
    margin = fields.Monetary(readonly=True)
    margin_base = fields.Monetary(
        string="Amount with Known Margin", readonly=True, aggregator=None
    )
    margin_rate = fields.Float(
        string="Margin (%)",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
        help="Margin ÷ amount with known margin.",
    )

    summary = fields.Char(compute="_compute_summary")

    _key = models.UniqueIndex(
        "(company_id, month, categ_id)",
        "A product line is listed once a month.",
    )

    @api.depends("share", "share_change", "margin_rate", "growth")
    @api.depends_context("lang")
    def _compute_summary(self):
        for mix in self:
            mix.summary = " ".join(mix._get_sentences())

    def _get_sentences(self):
        """Return what is known of the line; a new one has no growth, for example."""
        sentences = []
        if self.has_share and self.has_last_share:
            sentences.append(
                self.env._(
                    "%(share)s %% of sales, %(change)s points against last year.",
                    share=formatLang(self.env, self.share, digits=1),
                    change=formatLang(self.env, self.share_change, digits=1),
                )
            )
        elif self.has_share:
            share = formatLang(self.env, self.share, digits=1)
            sentences.append(self.env._("%s %% of sales.", share))
        if self.margin_base:
            margin = formatLang(self.env, self.margin_rate, digits=1)
            sentences.append(self.env._("Margin %s %%.", margin))
        if self.last_year:
            growth = formatLang(self.env, self.growth, digits=1)
            sentences.append(self.env._("Growth %s %%.", growth))
        return sentences

    @api.readonly
    def action_open_figures(self):
        """Show the figures of the line by month, down to documents."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            self.metric_id._get_facts_domain()
            & Domain("company_id", "=", self.company_id.id)
            & Domain("categ_id", "=", self.categ_id.id)
            & Domain("date", ">=", self.date_from)
            & Domain("date", "<=", self.date_to),
            name=self.categ_id.display_name,
            view_mode="pivot,graph,list",
            views=[(False, "pivot"), (False, "graph"), (False, "list")],
        )
