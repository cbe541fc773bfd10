# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import CareerProgress

SEES_ALL = "sales_efficiency_base.group_sales_director,hr.group_hr_user"


class SalesCareerPath(models.Model):
    """Levels of a career, one after the other, and what each asks for (policy 4.2.3).

    People are on a path by their job. What they lack for its next level is measured,
    see :class:`.CareerProgress`.
    """

    _name = "sales.career.path"
    _inherit = "sales.guard.mixin"
    _description = "Career Path"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    description = fields.Text(translate=True, help="Whom the path suits, and why.")
    level_ids = fields.One2many(
        comodel_name="sales.career.level",
        inverse_name="path_id",
        string="Levels",
        copy=True,
    )
    level_names = fields.Char(string="From … to …", compute="_compute_level_names")

    @api.depends("level_ids.job_id.name", "level_ids.sequence")
    @api.depends_context("lang")
    def _compute_level_names(self):
        for path in self:
            names = path.level_ids._sort_by_height().mapped("job_id.name")
            path.level_names = " → ".join(name for name in names if name)

    @api.readonly
    def action_open_standings(self):
        """Show who is on the path, and what they lack."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_career_standing_action",
            [("path_id", "=", self.id)],
            name=self.name,
        )

    # ------------------------------------------------------------------
    # For others
    # ------------------------------------------------------------------

    @api.model
    def _get_missing(self, employees):
        """Return what people still lack for the next level of each of their paths.

        Only people whom the user may see are in it: themselves, those whom they lead,
        all for sales directors and HR. The number of queries does not depend on how
        many there are.

        :param employees: ``hr.employee`` records
        :return: dict of employee id -> list of dicts, one for each path with a next
            level: ``path_id``, ``path``, ``level_id``, ``level``, ``next_level_id``,
            ``next_level`` (names of jobs), ``since`` (date), ``months``, ``is_ready``,
            ``conditions``: dicts of ``kind`` (``months``, ``attainment``, ``grade``,
            ``skill``, ``course``), ``name``, ``value``, ``asked``, ``is_met`` and
            ``course_id``; and ``missing``: those not met, in words. All texts are in
            the language of the user.
        """
        visible = self._filter_visible(employees)
        standings = CareerProgress(self.env).get(visible)
        return {
            employee.id: [
                standing.to_dict(self.env) for standing in standings[employee]
            ]
            for employee in visible
        }

    @api.model
    def _filter_visible(self, employees):
        """:return: the employees whose careers the user may see"""
        user = self.env.user
        # sudo: only to compare who they are.
        people = employees.sudo()
        if self.env.su or user.has_groups(SEES_ALL):
            return people.filtered(
                lambda e: self.env.su or e.company_id in user.company_ids
            )
        led = self.env["res.users"].search(
            [("id", "in", people.user_id.ids), ("is_in_led_team", "=", True)]
        )
        return people.filtered(lambda e: e.user_id.id in (led | user).ids)
