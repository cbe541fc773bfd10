# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain


class SalesIncentiveAssignment(models.Model):
    """The letters by which people accept the terms of their plan."""

    _inherit = "sales.incentive.assignment"  # pylint: disable=consider-merging-classes-inherited

    letter_ids = fields.One2many(
        comodel_name="sales.incentive.acceptance",
        inverse_name="assignment_id",
        string="Plan Letters",
    )
    letter_state = fields.Selection(
        selection=[("open", "To accept"), ("accepted", "Accepted")],
        string="Plan Letter",
        compute="_compute_letter_state",
        search="_search_letter_state",
    )

    @api.depends("letter_ids.state")
    def _compute_letter_state(self):
        for assignment in self:
            # sudo: the state alone, e.g. for leaders who see no amounts
            states = set(assignment.sudo().letter_ids.mapped("state"))
            assignment.letter_state = next(
                (state for state in ("open", "accepted") if state in states), False
            )

    @api.model
    def _search_letter_state(self, operator, values):
        if operator != "in":
            return NotImplemented
        is_open = Domain("letter_ids.state", "=", "open")
        is_accepted = Domain("letter_ids.state", "=", "accepted")
        domains = {
            "open": is_open,
            "accepted": is_accepted & ~is_open,
            False: ~is_open & ~is_accepted,
        }
        return Domain.OR(domains[value] for value in values if value in domains)

    @api.readonly
    def action_open_letters(self):
        self.ensure_one()
        action = self.plan_id.action_open_letters()
        return action | {"domain": [("assignment_id", "=", self.id)], "context": {}}

    def _get_printed_terms(self):
        """:return: names of the fields that the plan letter lists as one's own terms"""
        self.ensure_one()
        names = ["date_from", "date_to", "team_ids"]
        names += [*self._get_answered_dimensions(), "target_incentive"]
        if self.draw_amount:
            names += ["draw_amount", "draw_recoverable", "draw_months", "draw_limit"]
        return names

    def _issue_letters(self, versions=None):
        """Send the letters of approved terms that are still valid.

        :param versions: only of these; by default of all approved versions
        """
        # sudo: whoever assigns or approves need not see all the terms.
        for plan, assignments in self.sudo().grouped("plan_id").items():
            approved = versions or plan.version_ids.filtered(
                lambda version: version.state == "approved"
            )
            for version in approved:
                end = version._get_date_to()
                if not end or end >= plan._get_today():
                    version.env["sales.incentive.acceptance"]._issue(
                        assignments._filter_in(version), version
                    )
