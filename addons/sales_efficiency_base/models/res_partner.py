# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.tools import SQL

# How often Odoo has sold to, or bought from, a contact
RANKS = frozenset(("customer_rank", "supplier_rank"))


class ResPartner(models.Model):
    _inherit = "res.partner"

    sales_region_id = fields.Many2one(
        comodel_name="sales.region",
        compute="_compute_sales_region_id",
        inverse="_inverse_sales_region_id",
        store=True,
        readonly=False,
        precompute=True,
        recursive=True,
        index="btree_not_null",
        tracking=True,
        check_company=True,
        help="Follows the address until set by hand. Orders take their region from"
        " here and keep it once confirmed.",
    )
    sales_region_manual = fields.Boolean(
        string="Sales Region Set by Hand",
        copy=False,
        help="The region was set by hand and no longer follows the address.",
    )
    sales_channel_id = fields.Many2one(
        comodel_name="sales.channel",
        index="btree_not_null",
        check_company=True,
        help="Default channel for this customer's orders.",
    )

    @api.depends(
        "country_id",
        "state_id",
        "company_id",
        "type",
        "parent_id.sales_region_id",
        "sales_region_manual",
    )
    def _compute_sales_region_id(self):
        for partner in self:
            if not partner.sales_region_manual:
                partner.sales_region_id = partner._get_default_sales_region()

    def _inverse_sales_region_id(self):
        for partner in self:
            default = partner._get_default_sales_region()
            partner.sales_region_manual = partner.sales_region_id != default

    def _get_default_sales_region(self):
        """Return the region of the address. A contact at its company's address follows
        the company, whose region may be set by hand."""
        self.ensure_one()
        if self.parent_id and self.type == "contact":
            return self.parent_id.sales_region_id
        return self.env["sales.region"]._find(self, self.company_id)

    def write(self, vals):
        partners = self
        if vals.keys() <= RANKS:
            partners = self.with_context(sales_written=RANKS)
        return super(ResPartner, partners).write(vals)

    def _track_prepare(self, fields_iter):
        """With every invoice and bill, Odoo counts it on the contact, and reads each
        tracked field by a query of its own. The region does not follow from that."""
        # Clients cannot send this very object.
        if self.env.context.get("sales_written") is RANKS:
            fields_iter = set(fields_iter) - {"sales_region_id"}
        return super()._track_prepare(fields_iter)

    def _get_sales_region(self, company):
        """Return the region of the customer for a document of the company, which may
        have its own regions for customers shared between companies."""
        if self.sales_region_id or self.sales_region_manual:
            return self.sales_region_id
        return self.env["sales.region"]._find(self, company)

    def _get_sales_channel(self):
        """Return the channel of the customer, or else of its company."""
        return self.sales_channel_id or self.commercial_partner_id.sales_channel_id

    def action_sales_region_follow_address(self):
        self.sales_region_manual = False

    @api.model
    def _follow_region_mapping(self):
        """Recompute ``sales_region_id`` of all partners in one statement: there can be
        hundreds of thousands of them, and mappings are edited often."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
WITH RECURSIVE source AS (
    SELECT partner.id,
           CASE WHEN partner.sales_region_manual THEN partner.sales_region_id
                ELSE COALESCE(by_state.sales_region_id, by_country.sales_region_id)
           END AS region_id
      FROM res_partner partner
 LEFT JOIN (res_country_state_sales_region_rel by_state
            JOIN sales_region state_region
              ON state_region.id = by_state.sales_region_id AND state_region.active)
        ON by_state.res_country_state_id = partner.state_id
       AND COALESCE(state_region.company_id, partner.company_id)
           IS NOT DISTINCT FROM partner.company_id
 LEFT JOIN (res_country_sales_region_rel by_country
            JOIN sales_region country_region
              ON country_region.id = by_country.sales_region_id
             AND country_region.active)
        ON by_country.res_country_id = partner.country_id
       AND COALESCE(country_region.company_id, partner.company_id)
           IS NOT DISTINCT FROM partner.company_id
     WHERE partner.sales_region_manual
        OR partner.parent_id IS NULL
        OR partner.type IS DISTINCT FROM 'contact'
     UNION ALL
    SELECT contact.id, source.region_id
      FROM res_partner contact
      JOIN source ON source.id = contact.parent_id
     WHERE contact.sales_region_manual IS NOT TRUE AND contact.type = 'contact'
)
UPDATE res_partner partner
   SET sales_region_id = source.region_id
  FROM source
 WHERE source.id = partner.id
   AND partner.sales_region_id IS DISTINCT FROM source.region_id
                """
            )
        )
        self.invalidate_model(["sales_region_id"])
