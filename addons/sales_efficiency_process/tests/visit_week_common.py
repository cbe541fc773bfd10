# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form

from .visit_common import VisitCommon


class VisitWeekCommon(VisitCommon):
    """Eight more customers, whom nobody looks after, and no service policies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.contact.plan"].search([]).unlink()
        cls.env["sales.service.policy"].search([]).unlink()
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(8)]
        )

    @classmethod
    def _lead(cls, partner=None, revenue=1000, **values):
        return cls.env["crm.lead"].create(
            {
                "name": "Machine",
                "type": "opportunity",
                "partner_id": (partner or cls.customer_north).id,
                "user_id": cls.salesperson.id,
                "expected_revenue": revenue,
                "probability": 50,
                **values,
            }
        )

    def _form(self, user=None, **values):
        form = Form(self.env["sales.visit.plan"].with_user(user or self.salesperson))
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _accept(self, form, partners):
        for number in range(len(form.line_ids)):
            with form.line_ids.edit(number) as line:
                line.is_accepted = line.partner_id in partners
        return form.save()
