# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesDecision(models.Model):
    """A decision to allocate people is carried out by a scenario."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.decision"

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    def _compute_made(self):
        result = super()._compute_made()
        # Only directors allocate people.
        if not self.env["sales.allocation"].has_access("create"):
            self.filtered(lambda d: d.kind == "allocation").can_make = False
        return result

    @api.model
    def _get_made_fields(self):
        return super()._get_made_fields() | {"allocation": "allocation_id"}

    def _make_allocation(self):
        return self.env["sales.allocation"].create(
            {
                "name": self.name,
                "company_id": self.company_id.id,
                "date_from": self.date_start,
                "team_ids": self.team_id.ids,
            }
        )
