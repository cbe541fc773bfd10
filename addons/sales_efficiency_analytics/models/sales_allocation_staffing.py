# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine.allocation import Staffing


class SalesAllocation(models.Model):
    """How many people each team or region needs for its work."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.allocation"

    staffing_by = fields.Selection(
        selection=[("team_id", "Sales Team"), ("region_id", "Region")],
        string="People Needed by",
        required=True,
        default="team_id",
    )
    head_count = fields.Integer(
        string="People to Divide",
        compute="_compute_head_count",
        store=True,
        readonly=False,
        aggregator=None,
    )
    hours_of_one = fields.Float(
        string="Hours of One",
        compute="_compute_hours_of_one",
        store=True,
        readonly=False,
        aggregator=None,
    )
    need_ids = fields.One2many(
        comodel_name="sales.allocation.need",
        inverse_name="allocation_id",
        string="People Needed",
        readonly=True,
    )

    _head_count_range = models.Constraint(
        "CHECK (head_count >= 0 AND head_count <= 100000)",
        "Divide 0 to 100,000 people.",
    )
    _hours_of_one_positive = models.Constraint(
        "CHECK (hours_of_one >= 0)", "The hours of one person cannot be negative."
    )

    @api.depends("person_ids")
    def _compute_head_count(self):
        for allocation in self:
            allocation.head_count = len(allocation.person_ids)

    @api.depends("person_ids.capacity")
    def _compute_hours_of_one(self):
        for allocation in self:
            hours = allocation.person_ids.mapped("capacity")
            allocation.hours_of_one = round(sum(hours) / len(hours), 2) if hours else 0

    def action_staff(self):
        """Divide the people in proportion to the work of teams or regions."""
        self.check_access("write")
        self._check_is_draft()
        for allocation in self:
            if not allocation.line_ids:
                raise UserError(
                    self.env._("Calculate first: the work of the customers is unknown.")
                )
            allocation._staff()

    def _staff(self):
        # sudo: nobody writes what is calculated.
        self.sudo().need_ids = [
            Command.clear(),
            *(Command.create(values) for values in Staffing(self).get_needs()),
        ]

    def _score(self):
        result = super()._score()
        for allocation in self.filtered("line_ids"):
            allocation._staff()
        return result

    def _has_team(self, team):
        """:return: whether a team, or one above it, was chosen"""
        self.ensure_one()
        above = {int(part) for part in (team.parent_path or "").split("/") if part}
        return not above.isdisjoint(self.team_ids._origin.ids)
