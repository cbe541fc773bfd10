# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class FileCommon(SalesEfficiencyCommon):
    """Customer North belongs to the salesperson, South to the outsider, and nobody
    looks after Nowhere.

    A file consists of the phone (1), the industry (1), the stakeholders (2), the needs
    (2) and the potential (4).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.outsider
        lists = cls.env["sales.customer.class.field"]
        lists.search([]).unlink()
        lists.create(
            [
                {"name": name, "weight": weight}
                for name, weight in (
                    ("phone", 1),
                    ("industry_id", 1),
                    ("sales_stakeholder_ids", 2),
                    ("sales_need_ids", 2),
                    ("sales_potential", 4),
                )
            ]
        )
        cls.north_contact, cls.south_contact = cls.env["res.partner"].create(
            [
                {"name": "Nora North", "parent_id": cls.customer_north.id},
                {"name": "Sam South", "parent_id": cls.customer_south.id},
            ]
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other Company"})
        cls.line_a, cls.line_b = cls.env["product.category"].create(
            [{"name": "Line A"}, {"name": "Line B"}]
        )

    @classmethod
    def _create_need(cls, customer, line, user=None, **values):
        return (
            cls.env["sales.need"]
            .with_user(user or cls.env.user)
            .create({"partner_id": customer.id, "categ_id": line.id, **values})
        )

    @classmethod
    def _create_stakeholder(cls, customer, contact, user=None, **values):
        return (
            cls.env["sales.stakeholder"]
            .with_user(user or cls.env.user)
            .create({"partner_id": customer.id, "contact_id": contact.id, **values})
        )
