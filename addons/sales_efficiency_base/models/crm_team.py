# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models


class CrmTeam(models.Model):
    _name = "crm.team"
    _inherit = ["crm.team", "sales.parent.mixin"]
    _parent_store = True

    user_id = fields.Many2one(index="btree_not_null")
    parent_id = fields.Many2one(
        comodel_name="crm.team",
        string="Parent Team",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="The leader of the parent team sees this team's documents, and the"
        " figures of the parent team include this team's.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="crm.team",
        inverse_name="parent_id",
        string="Sub-teams",
    )
    sales_support_ids = fields.Many2many(
        comodel_name="res.users",
        relation="crm_team_sales_support_rel",
        column1="team_id",
        column2="user_id",
        string="Sales Support",
        domain="[('share', '=', False), ('company_ids', 'in', member_company_ids)]",
        check_company=True,
        help="Assistants, order desk and presales who work for the team: they see its"
        " documents, and those of its sub-teams.",
    )
    sales_region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._clear_leader_rules(*vals_list)
        return teams

    def write(self, vals):
        res = super().write(vals)
        self._clear_leader_rules(vals)
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_figures(self):
        self.env["sales.fact"]._check_no_figures_of(self, "team_id")

    def _get_sales_leaders(self):
        """Return the active leaders of the team and its parents, nearest first."""
        # sudo: team leaders are public within the company.
        team, leaders = self.sudo(), self.env["res.users"].sudo()
        while team:
            leaders |= team.user_id.filtered("active")
            team = team.parent_id
        return leaders.with_env(self.env)

    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """Propose a team that they serve to sales support who are members of none."""
        # sudo: as in Odoo's own method; who serves which team is public.
        user = self.env["res.users"].sudo().browse(user_id or self.env.uid)
        if (
            user._is_sales_support()
            and not self.env.context.get("default_team_id")
            and not user.crm_team_member_ids
        ):
            served = user._get_served_teams(self.env.company)
            if team := served.filtered_domain(domain or [])[:1]:
                return team.with_env(self.env)
        return super()._get_default_team_id(user_id=user_id, domain=domain)

    @api.model
    def _clear_leader_rules(self, *vals_list):
        """Clear the cached record rules of leaders and of sales support, which contain
        team ids."""
        names = {"user_id", "parent_id", "active", "sales_support_ids"}
        if any(not names.isdisjoint(vals) for vals in vals_list):
            self.env.registry.clear_cache()
