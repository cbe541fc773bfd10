# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesResponsibleMixin(models.AbstractModel):
    """The person responsible for a record, and their superiors."""

    _name = "sales.responsible.mixin"
    _inherit = "sales.scope.mixin"
    _description = "Responsibility"

    company_id = fields.Many2one(comodel_name="res.company", index=True)
    responsible_id = fields.Many2one(
        comodel_name="res.users", string="Responsible", index="btree_not_null"
    )

    def _get_superiors(self):
        """Return the superiors of the responsible person, the nearest first.

        These are the leaders of the team and its parent teams, then the director.
        Archived users and users without access to the company are left out.

        :return: dict record -> users
        """
        directors = self._get_directors()
        superiors = {}
        for record in self:
            above = record._get_own_team()._get_sales_leaders()
            above |= directors[record]
            superiors[record] = above.filtered(
                lambda user, record=record: user != record.responsible_id
                and record._can_be_told(user)
            )
        return superiors

    def _get_directors(self):
        """Return the director in charge: dict record -> at most one user."""
        directors = {
            company: company._get_sales_directors()[:1] for company in self.company_id
        }
        nobody = self.env["res.users"]
        return {record: directors.get(record.company_id, nobody) for record in self}

    def _get_own_team(self):
        """Return the team of the record, or else of its salesperson."""
        self.ensure_one()
        if self.team_id or not self.user_id:
            return self.team_id
        teams = self.user_id.crm_team_member_ids.crm_team_id
        return (teams or self.user_id.sales_led_team_ids).filtered(
            lambda team: not team.company_id or team.company_id == self.company_id
        )[:1]

    def _can_be_told(self, user):
        """Return whether a user is active and has access to the company."""
        self.ensure_one()
        return user._works_in(self.company_id)
