# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "sales.dimension.mixin"]

    sales_region_id = fields.Many2one(
        precompute=False,
        help="Region of the customer, or else of the address of the lead.",
    )
    sales_categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Product line of the opportunity.",
    )
    sales_opened_date = fields.Date(
        string="Opened on",
        default=lambda self: self.env.company._get_sales_today(),
        copy=False,
        help="Start of the sales cycle.",
    )

    @api.depends("partner_id", "country_id", "state_id", "company_id")
    def _compute_sales_region_id(self):
        for lead in self:
            company = lead.company_id or self.env.company
            region = lead.partner_id._get_sales_region(company)
            lead.sales_region_id = region or region._find(lead, company)

    @api.depends("partner_id")
    def _compute_sales_channel_id(self):
        for lead in self:
            if lead.partner_id:
                lead.sales_channel_id = lead.partner_id._get_sales_channel()

    @api.model_create_multi
    def create(self, vals_list):
        """Date new leads in the time zone of their own company: the default uses that
        of the current user, who may only be the mail gateway or the website."""
        leads = super().create(vals_list)
        if "default_sales_opened_date" not in self.env.context:
            for lead, vals in zip(leads, vals_list, strict=True):
                if "sales_opened_date" not in vals:
                    today = lead._get_sales_company()._get_sales_today()
                    if lead.sales_opened_date != today:
                        lead.sales_opened_date = today
        return leads

    def _get_sales_company(self):
        """:return: the company to which the figures attribute the opportunity"""
        self.ensure_one()
        # sudo: only reads the companies of the lead's team and users.
        lead = self.sudo()
        return (
            lead.company_id
            or lead.team_id.company_id
            or lead.user_id.company_id
            or lead.create_uid.company_id
        )

    def _handle_won_lost(self, *args, **kwargs):
        self.env["sales.mart"]._wake()
        return super()._handle_won_lost(*args, **kwargs)

    def _init_column(self, column_name):
        """Leave the opening date of existing opportunities empty: the figures then
        derive it from the creation date, in the time zone of the company."""
        if column_name == "sales_opened_date":
            return None
        return super()._init_column(column_name)

    def _prepare_opportunity_quotation_context(self):
        """Pass on region and channel; empty ones follow from the customer."""
        names = ("sales_region_id", "sales_channel_id")
        chosen = {f"default_{name}": self[name].id for name in names if self[name]}
        return super()._prepare_opportunity_quotation_context() | chosen

    def _merge_get_fields_specific(self):
        return super()._merge_get_fields_specific() | {
            "sales_region_id": lambda fname, leads: leads[fname][:1].id,
            "sales_channel_id": lambda fname, leads: leads[fname][:1].id,
            "sales_categ_id": lambda fname, leads: leads[fname][:1].id,
            "sales_opened_date": lambda fname, leads: min(
                filter(None, leads.mapped(fname)), default=False
            ),
        }
