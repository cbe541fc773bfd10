# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache


class SalesRegion(models.Model):
    """Sales region of an address (policy 2.1.1, 2.1.3).

    Countries and states are mapped to the leaves of the tree. If a state and its
    country are mapped to different regions, the state decides.
    """

    _name = "sales.region"
    _description = "Sales Region"
    _inherit = ["sales.tree.mixin", "mail.thread"]
    _parent_store = True

    parent_id = fields.Many2one(
        comodel_name="sales.region",
        string="Parent Region",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    child_ids = fields.One2many(
        comodel_name="sales.region",
        inverse_name="parent_id",
        string="Sub-regions",
    )
    country_ids = fields.Many2many(
        comodel_name="res.country",
        string="Countries",
        help="Customers in these countries belong to this region.",
    )
    state_ids = fields.Many2many(
        comodel_name="res.country.state",
        string="States",
        help="Customers in these states belong to this region, even if their country"
        " belongs to another.",
    )

    @api.constrains("parent_id", "country_ids", "state_ids")
    def _check_mapped_leaves(self):
        for region in self | self.parent_id:
            if region.child_ids and (region.country_ids or region.state_ids):
                raise ValidationError(
                    self.env._(
                        "%(region)s has sub-regions: map the countries and states"
                        " to those.",
                        region=region.display_name,
                    )
                )

    @api.constrains("country_ids", "state_ids", "company_id", "active")
    def _check_overlap(self):
        for field_name in ("country_ids", "state_ids"):
            for region in self.filtered("active").filtered(field_name):
                domain = Domain(field_name, "in", region[field_name].ids)
                if region.company_id:
                    domain &= self._check_company_domain(region.company_id)
                # sudo: regions of companies that the user cannot access count too
                other = self.sudo().search(
                    domain & Domain("id", "!=", region.id), limit=1
                )
                if other:
                    raise ValidationError(
                        self.env._(
                            "%(place)s belongs to two regions, %(region)s and"
                            " %(other)s. Remove it from one of them.",
                            place=", ".join(
                                (region[field_name] & other[field_name]).mapped("name")
                            ),
                            region=region.display_name,
                            other=other.display_name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        regions = super().create(vals_list)
        if regions.country_ids or regions.state_ids:
            self._map_partners()
        return regions

    def write(self, vals):
        res = super().write(vals)
        if not {"country_ids", "state_ids", "company_id", "active"}.isdisjoint(vals):
            self._map_partners()
        return res

    def unlink(self):
        res = super().unlink()
        self._map_partners()
        return res

    @api.model
    @ormcache("company_id", cache="default")
    def _get_mapping(self, company_id):
        """Return the regions of states and countries for documents of a company.

        :param company_id: id of a company; falsy: shared regions only
        :return: two dicts, of states and of countries: id -> id of the region
        """
        domain = self._check_company_domain(company_id) & Domain("active", "=", True)
        # sudo: cached for all users; the domain limits it to the company.
        regions = self.sudo().search(domain, order="id")
        return tuple(
            {place.id: region.id for region in regions for place in region[field_name]}
            for field_name in ("state_ids", "country_ids")
        )

    @api.model
    def _find(self, record, company=None):
        """Return the region of an address.

        :param record: a record with ``country_id`` and ``state_id``
        :param company: the company whose regions apply besides the shared ones
        :return: a region, or an empty recordset
        """
        states, countries = self._get_mapping(company.id if company else False)
        return self.browse(
            states.get(record.state_id.id) or countries.get(record.country_id.id)
        )

    @api.model
    def _map_partners(self):
        """Update the regions of all customers after a change of the mapping, in one
        statement. Documents keep their region."""
        self.env.registry.clear_cache()
        self.env["res.partner"]._follow_region_mapping()
