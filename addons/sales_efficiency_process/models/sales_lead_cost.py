# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.market import LeadCosts


class SalesLeadCost(models.Model):
    """What it costs to get leads, where it is not booked as an expense of a campaign
    (policy 3.1.2)."""

    _name = "sales.lead.cost"
    _inherit = ["sales.guard.mixin", "mail.thread"]
    _description = "Cost of Leads"
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Spent On", required=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    utm_source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Source of the Lead",
        compute="_compute_from_campaign",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    utm_medium_id = fields.Many2one(
        comodel_name="utm.medium",
        string="Medium of the Lead",
        compute="_compute_from_campaign",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    campaign_id = fields.Many2one(
        comodel_name="utm.campaign",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    amount = fields.Monetary(
        string="Cost",
        required=True,
        tracking=True,
        help="Without deductible taxes. It is spread evenly over the months.",
    )
    is_replaced = fields.Boolean(
        string="Expenses Count Instead",
        compute="_compute_is_replaced",
        search="_search_is_replaced",
        help="The campaign has expenses. They are its cost, so this does not count.",
    )
    note = fields.Text()

    _dates_ordered = models.Constraint(
        "CHECK (date_to >= date_from)", "A cost cannot end before it starts."
    )
    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The cost of leads cannot be negative."
    )
    _place_named = models.Constraint(
        "CHECK (COALESCE(utm_source_id, utm_medium_id, campaign_id) IS NOT NULL)",
        "Say which leads this was spent on: by source, medium or campaign.",
    )

    @api.depends("campaign_id")
    def _compute_from_campaign(self):
        """Propose source and medium of the campaign."""
        for cost in self:
            campaign = cost.campaign_id
            cost.utm_source_id = campaign.sales_source_id or cost.utm_source_id
            cost.utm_medium_id = campaign.sales_medium_id or cost.utm_medium_id

    @api.depends("date_from")
    def _compute_date_to(self):
        for cost in self:
            if not cost.date_to or (cost.date_from and cost.date_to < cost.date_from):
                cost.date_to = cost.date_from

    @api.depends("campaign_id", "company_id")
    def _compute_is_replaced(self):
        spent = LeadCosts(self.env).get_campaigns_with_expenses(
            self.campaign_id._origin
        )
        for cost in self:
            key = (cost.company_id._origin.id, cost.campaign_id._origin.id)
            cost.is_replaced = key in spent

    @api.model
    def _search_is_replaced(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", LeadCosts(self.env).sql_replaced())]

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        for cost in self:
            if cost.date_to > cost.date_from + relativedelta(years=5):
                raise ValidationError(
                    self.env._("Enter the cost of leads for five years at most.")
                )

    @api.constrains("campaign_id", "company_id")
    def _check_campaign(self):
        for cost in self:
            # sudo: campaigns are open to all users
            company = cost.campaign_id.sudo().company_id
            if company and company != cost.company_id:
                raise ValidationError(
                    self.env._(
                        "%(campaign)s belongs to another company. Choose a campaign of"
                        " %(company)s.",
                        campaign=cost.campaign_id.sudo().title,
                        company=cost.company_id.name,
                    )
                )
