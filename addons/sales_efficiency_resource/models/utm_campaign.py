# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_amount, formatLang

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.expense import FINANCE, CampaignReader

# Other users may read campaigns, but nothing of their figures.
SALES = f"sales_efficiency_base.group_sales_person,{FINANCE}"
NO_VALUE = "–"


class UtmCampaign(models.Model):
    """Campaigns, fairs and advertisements: plan, cost, and what is attributed to them
    (policy 5.3.3).

    Figures are those of the campaign's company, as far as the user may see them.
    """

    _name = "utm.campaign"
    _inherit = ["utm.campaign", "mail.thread", "mail.activity.mixin"]

    sales_type = fields.Selection(
        selection=[
            ("campaign", "Campaign"),
            ("fair", "Trade Fair"),
            ("advertisement", "Advertisement"),
            ("seminar", "Seminar"),
            ("mailing", "Mailing"),
        ],
        string="Type",
        default="campaign",
        required=True,
        tracking=True,
    )
    sales_date_from = fields.Date(string="Start", tracking=True)
    sales_date_to = fields.Date(string="End", tracking=True)
    sales_planned_cost = fields.Monetary(
        string="Planned Cost",
        currency_field="sales_currency_id",
        groups=SALES,
        tracking=True,
        help="Only stands beside the cost: that is what was spent with the campaign.",
    )
    sales_currency_id = fields.Many2one(
        comodel_name="res.currency", compute="_compute_sales_currency_id"
    )
    sales_scope_text = fields.Char(
        string="Figures Of",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_cost = fields.Monetary(
        string="Cost",
        currency_field="sales_currency_id",
        compute="_compute_sales_figures",
        groups=SALES,
        help="What was spent with the campaign: posted bills, claims and entries.",
    )
    sales_committed = fields.Monetary(
        string="Committed",
        currency_field="sales_currency_id",
        compute="_compute_sales_figures",
        groups=SALES,
        help="Claims and draft bills of the campaign.",
    )
    sales_lead_count = fields.Integer(
        string="Leads",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_won_count = fields.Integer(
        string="Won",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_order_count = fields.Integer(
        string="Orders",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_amount = fields.Monetary(
        string="Attributed Sales",
        currency_field="sales_currency_id",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_margin_text = fields.Char(
        string="Attributed Margin",
        compute="_compute_sales_figures",
        groups=SALES,
    )
    sales_roi_text = fields.Char(
        string="ROI",
        compute="_compute_sales_figures",
        groups=SALES,
        help="(Attributed margin − cost) ÷ cost",
    )
    sales_roas_text = fields.Char(
        string="ROAS",
        compute="_compute_sales_figures",
        groups=SALES,
        help="Attributed sales ÷ cost",
    )

    _sales_dates_ordered = models.Constraint(
        "CHECK (sales_date_to >= sales_date_from)",
        "A campaign cannot end before it starts.",
    )
    _sales_planned_cost_positive = models.Constraint(
        "CHECK (sales_planned_cost >= 0)", "The planned cost cannot be negative."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends_context("company")
    @api.depends("company_id")
    def _compute_sales_currency_id(self):
        for campaign in self:
            # sudo: campaigns of other companies can be read, those may not
            company = campaign._get_sales_company().sudo()
            campaign.sales_currency_id = company.currency_id

    @api.depends_context("uid", "company", "allowed_company_ids", "lang")
    @api.depends("company_id")
    def _compute_sales_figures(self):
        """Read all campaigns at once."""
        dimensions, name = self._get_sales_dimensions()
        companies = {
            campaign.id: campaign._get_sales_company()
            for campaign in self._origin
            # Figures of companies in which the user does not work now stay hidden.
            if campaign._get_sales_company() in self.env.companies
        }
        found = {}
        if companies:
            found = CampaignReader(self.env, dimensions).get(companies)
        for campaign in self:
            figures = found.get(campaign._origin.id)
            campaign._set_sales_figures(figures)
            campaign.sales_scope_text = figures and self._name_sales_scope(
                name, companies[campaign._origin.id]
            )

    @api.constrains("sales_planned_cost", "company_id")
    def _check_sales_company(self):
        for campaign in self:
            # sudo: its writer may not be allowed to read the cost.
            if campaign.sudo().sales_planned_cost and not campaign.company_id:
                raise ValidationError(
                    self.env._(
                        "%(campaign)s has a planned cost: choose the company, and so"
                        " the currency, that it is in.",
                        campaign=campaign.title,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_figures(self):
        # sudo: figures of others keep a campaign, too. None is shown.
        facts = self.env["sales.fact"].sudo()
        groups = facts._read_group([("campaign_id", "in", self.ids)], ["campaign_id"])
        if groups:
            raise UserError(
                self.env._(
                    "Sales or expenses count for %(names)s: archive it instead.",
                    names=", ".join(campaign.title for [campaign] in groups),
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_sales_figures(self):
        """Show the figures of the campaign, as far as the user may see them."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            [("campaign_id", "=", self.id)],
            name=self.display_name,
            context={"search_default_group_by_event": 1},
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_sales_company(self):
        """:return: the company of the figures"""
        self.ensure_one()
        return self.company_id or self.env.company

    @api.model
    def _get_sales_dimensions(self):
        """:return: dict of the dimensions of the figures that the user may see, and
        the name of whose figures they are, empty for those of the company"""
        if self.env.user.has_groups(FINANCE):
            return {}, ""
        scope, name = self.env["sales.metric"]._get_scope_of_user()
        dimensions = dict(scope.dimensions)
        return dimensions, name if dimensions else ""

    @api.model
    def _name_sales_scope(self, name, company):
        if name:
            return self.env._(
                "%(name)s, %(company)s, in %(currency)s",
                name=name,
                company=company.name,
                currency=company.currency_id.name,
            )
        return self.env._(
            "%(company)s, in %(currency)s",
            company=company.name,
            currency=company.currency_id.name,
        )

    def _set_sales_figures(self, figures):
        """:param figures: :class:`CampaignFigures`, or None if there are none to see"""
        self.sales_cost = figures.cost if figures else 0
        self.sales_committed = figures.committed if figures else 0
        self.sales_lead_count = figures.leads if figures else 0
        self.sales_won_count = figures.won if figures else 0
        self.sales_order_count = figures.orders if figures else 0
        self.sales_amount = figures.sales if figures else 0
        self.sales_margin_text = self._format_sales_margin(figures)
        roi, roas = (figures.roi, figures.roas) if figures else (None, None)
        self.sales_roi_text = NO_VALUE
        if roi is not None:
            value = self.env._("%s %%", formatLang(self.env, roi, digits=1))
            self.sales_roi_text = self.env["sales.metric"]._mention_known(
                value, figures.known
            )
        self.sales_roas_text = NO_VALUE
        if roas is not None:
            self.sales_roas_text = formatLang(self.env, roas, digits=2)

    def _format_sales_margin(self, figures):
        if not figures:
            return NO_VALUE
        if figures.margin is None:
            return self.env._("unknown")
        margin = format_amount(self.env, figures.margin, self.sales_currency_id)
        return self.env["sales.metric"]._mention_known(margin, figures.known)
