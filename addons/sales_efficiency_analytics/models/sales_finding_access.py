# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

LEADER = "sales_efficiency_base.group_sales_leader"


class SalesFinding(models.Model):
    """Who sees a finding, and who looks after it."""

    _inherit = "sales.finding"  # pylint: disable=consider-merging-classes-inherited

    owner_id = fields.Many2one(
        comodel_name="res.users",
        index="btree_not_null",
        tracking=True,
        domain=lambda self: (
            "[('share', '=', False), ('company_ids', 'in', company_id),"
            f" ('all_group_ids', 'in', {self.env.ref(LEADER).ids})]"
        ),
        help="Who looks after it.",
    )
    is_led = fields.Boolean(
        compute="_compute_is_led",
        search="_search_is_led",
        export_string_translation=False,
    )

    @api.depends("region_id")
    @api.depends_context("uid")
    def _compute_is_led(self):
        led = self.filtered_domain(self._get_led_domain())
        for finding in self:
            finding.is_led = finding in led

    @api.model
    def _search_is_led(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return self._get_led_domain()

    @api.model
    def _get_led_domain(self):
        """Return the domain of findings in the regions of the teams that the user
        leads, of the teams below them, and in the regions below."""
        # sudo: leaders see findings of their regions, whoever may read the regions.
        teams = (
            self.env["crm.team"].sudo().search(self.env.user._get_led_domain(team="id"))
        )
        return Domain("region_id", "child_of", teams.sales_region_id.ids)

    @api.constrains("owner_id")
    def _check_owner(self):
        """Owners are asked to look at it, so they must be able to."""
        for finding in self:
            owner = finding.owner_id
            companies = owner.company_ids.ids
            if owner and not (
                finding.with_user(owner)
                .with_context(allowed_company_ids=companies)
                .has_access("read")
            ):
                raise ValidationError(
                    self.env._(
                        "Owner: %(user)s may not see “%(finding)s”. Choose a sales"
                        " director, or the leader of a team of the region.",
                        user=owner.name,
                        finding=finding.display_name,
                    )
                )
