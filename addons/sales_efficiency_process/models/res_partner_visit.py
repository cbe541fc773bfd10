# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records


class ResPartner(models.Model):
    """Visits to a customer (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    sales_visit_count = fields.Integer(
        string="Visits",
        compute="_compute_sales_visit_count",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends_context("uid", "company")
    @api.depends("commercial_partner_id")
    def _compute_sales_visit_count(self):
        """Those that the user may see, also on the page of one of its people."""
        customers = self.commercial_partner_id._origin
        counts = dict(
            self.env["sales.visit"]._read_group(
                [
                    ("partner_id", "in", customers.ids),
                    ("company_id", "=", self.env.company.id),
                    ("state", "!=", "cancelled"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            customer = partner.commercial_partner_id._origin
            partner.sales_visit_count = counts.get(customer, 0)

    def _get_sales_place(self):
        """:return: latitude and longitude, or None if they are not known"""
        if not (self.partner_latitude or self.partner_longitude):
            return None
        return self.partner_latitude, self.partner_longitude

    @api.readonly
    def action_open_sales_visits(self):
        self.ensure_one()
        self.check_access("read")
        customer = self.commercial_partner_id
        return open_records(
            self.env,
            "sales_efficiency_process.sales_visit_action",
            [("partner_id", "=", customer.id)],
            name=customer.display_name,
            context={
                "default_partner_id": customer.id,
                "default_contact_ids": (self - customer).ids,
            },
        )
