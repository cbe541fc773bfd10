# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class SalesTarget(models.Model):
    """Who is responsible for targets, and who may set those of whom."""

    _inherit = "sales.target"  # pylint: disable=consider-merging-classes-inherited

    responsible_id = fields.Many2one(
        compute="_compute_responsible_id", store=True, precompute=True
    )

    @api.depends(lambda self: (*self._get_paths_to_responsible(), "plan_id.user_id"))
    def _compute_responsible_id(self):
        paths = (*self._get_paths_to_responsible(), "plan_id.user_id")
        for target in self:
            users = (target.mapped(path) for path in paths)
            target.responsible_id = next(filter(None, users), False)

    @api.constrains("user_id", "plan_id")
    def _check_user_company(self):
        for (company, user), targets in self.grouped(
            lambda target: (target.company_id, target.user_id)
        ).items():
            # sudo: planners may know which companies a person has access to.
            if user and company not in user.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(person)s has no access to %(company)s and cannot own"
                        " %(target)s. Choose another person, or grant access to the"
                        " company.",
                        person=user.name,
                        company=company.name,
                        target=targets[0].display_name,
                    )
                )

    def _filtered_in_charge(self):
        """Return the targets that the user or their team is responsible for, without
        those that are visible only because they are above the user's own."""
        led = self._filtered_access("write")
        own = (
            (self - led)
            ._filtered_access("read")
            .filtered(lambda target: target.responsible_id == self.env.user)
        )
        return self & (led | own)

    def _check_is_in_charge(self):
        """Check that the user or their team is responsible for all targets.

        :raise AccessError: naming the first target for which they are not
        """
        if others := self - self._filtered_in_charge():
            # sudo: names are not confidential, see _get_scope_name.
            raise AccessError(
                self.env._(
                    "%(target)s is not yours. Ask the person responsible for it.",
                    target=others[0].sudo().display_name,
                )
            )

    def _check_people(self):
        """Check that the user leads the salespeople of the targets: adding one of the
        user's own teams to the scope is not enough.

        :raise AccessError: naming the first salesperson whom the user does not lead
        """
        users = self.user_id - self.env.user
        if self.env.su or self.env.user.has_group(
            "sales_efficiency_base.group_sales_director"
        ):
            return
        teams = self.env["crm.team"].search(self.env.user._get_led_domain(team="id"))
        if others := users - teams.member_ids - teams.user_id:
            raise AccessError(
                self.env._(
                    "%(person)s is not in any of your teams. Ask their team leader"
                    " to set the target.",
                    person=others[0].name,
                )
            )
