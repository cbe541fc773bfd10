# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.market import CompetitorDeals

PERSON = "sales_efficiency_base.group_sales_person"


class SalesCompetitor(models.Model):
    """Who else sells what we sell (policy 3.1.1)."""

    _name = "sales.competitor"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Competitor"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Leave empty to share it between all companies.",
    )
    website = fields.Char()
    region_ids = fields.Many2many(
        comodel_name="sales.region", string="Regions", check_company=True
    )
    categ_ids = fields.Many2many(
        comodel_name="product.category", string="Product Lines"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Watched By",
        index="btree_not_null",
        ondelete="set null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
        help="Who keeps this up to date.",
    )
    strengths = fields.Text()
    weaknesses = fields.Text()
    note = fields.Html()
    product_ids = fields.One2many(
        comodel_name="sales.competitor.product",
        inverse_name="competitor_id",
        string="Products",
    )
    lead_ids = fields.Many2many(
        comodel_name="crm.lead",
        relation="crm_lead_sales_competitor_rel",
        column1="competitor_id",
        column2="lead_id",
        string="Opportunities",
        copy=False,
    )
    open_count = fields.Integer(
        string="Open Opportunities", compute="_compute_open_count"
    )
    won_count = fields.Integer(string="Won Against", compute="_compute_deals")
    lost_count = fields.Integer(
        string="Lost Against",
        compute="_compute_deals",
        help="Lost opportunities that named the competitor, whoever won them.",
    )
    win_rate = fields.Float(
        string="Win Rate (%)",
        digits=(16, 1),
        compute="_compute_deals",
        help="Opportunities won ÷ opportunities won or lost, of those that named the"
        " competitor.",
    )
    research_count = fields.Integer(
        string="Research", compute="_compute_research_count"
    )

    _name_company_uniq = models.UniqueIndex(
        "(LOWER(name), COALESCE(company_id, 0)) WHERE active",
        "There is already a competitor of this name.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_count(self):
        """Count what the user may see; wins and losses are those of the company."""
        counts = {}
        leads = self.env["crm.lead"]
        if leads.has_access("read"):
            groups = leads._read_group(
                [
                    ("sales_competitor_ids", "in", self.ids),
                    ("won_status", "=", "pending"),
                ],
                ["sales_competitor_ids"],
                ["__count"],
            )
            counts = {competitor.id: count for competitor, count in groups}
        for competitor in self:
            competitor.open_count = counts.get(competitor._origin.id, 0)

    @api.depends_context("allowed_company_ids")
    def _compute_deals(self):
        deals = CompetitorDeals(self.env).count(self._origin, self.env.companies)
        for competitor in self:
            won, lost = deals.get(competitor._origin.id, (0, 0))
            competitor.won_count = won
            competitor.lost_count = lost
            competitor.win_rate = 100 * won / (won + lost) if won + lost else 0

    def _compute_research_count(self):
        counts = dict(
            self.env["sales.research"]._read_group(
                [("competitor_ids", "in", self.ids)], ["competitor_ids"], ["__count"]
            )
        )
        for competitor in self:
            competitor.research_count = counts.get(competitor._origin, 0)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_leads(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "crm.crm_lead_opportunities",
            [("sales_competitor_ids", "in", self.ids)],
            name=self.env._("Opportunities against %s", self.name),
            context={
                "active_test": False,
                "default_sales_competitor_ids": self.ids,
                "default_type": "opportunity",
            },
        )

    @api.readonly
    def action_open_researches(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_process.sales_research_action",
            [("competitor_ids", "in", self.ids)],
            name=self.env._("Research on %s", self.name),
            context={
                "default_topic": "competitor",
                "default_competitor_ids": self.ids,
            },
        )

    @api.readonly
    def action_open_prices(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_process.sales_competitor_price_action",
            [("competitor_id", "=", self.id)],
            name=self.env._("Prices of %s", self.name),
        )
