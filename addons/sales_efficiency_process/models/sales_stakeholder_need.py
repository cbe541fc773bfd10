# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesStakeholder(models.Model):
    """Who reports to whom at the customer (policy 3.2.1)."""

    _name = "sales.stakeholder"
    # Before the model itself, whose threads it changes
    _inherit = ["sales.house.thread.mixin", "sales.stakeholder"]

    superior_id = fields.Many2one(
        comodel_name="sales.stakeholder",
        string="Reports To",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
        domain="[('partner_id', '=', partner_id), ('contact_id', '!=', contact_id)]",
    )
    report_ids = fields.One2many(
        comodel_name="sales.stakeholder",
        inverse_name="superior_id",
        string="Direct Reports",
    )

    @api.constrains("superior_id", "partner_id")
    def _check_superior(self):
        if self._has_cycle("superior_id"):
            raise ValidationError(
                self.env._("Nobody can report to themselves, not even by others.")
            )
        for stakeholder in self:
            # sudo: only whose it is, which the message does not tell
            superior = stakeholder.superior_id.sudo()
            if superior and superior.partner_id != stakeholder.partner_id:
                raise ValidationError(
                    self.env._(
                        "The superior must be a stakeholder of %s.",
                        stakeholder.partner_id.display_name,
                    )
                )

    def _absorb(self, other):
        """Merged people may have been superiors of each other."""
        superior = self.superior_id - other
        if not superior and other.superior_id.partner_id == self.partner_id:
            superior = other.superior_id
        self.superior_id = False
        res = super()._absorb(other)
        if self not in self._get_superiors(superior):
            self.superior_id = superior
        return res

    @api.model
    def _get_superiors(self, stakeholder):
        """:return: the stakeholder and all those above"""
        found = stakeholder.browse()
        while stakeholder and stakeholder not in found:
            found |= stakeholder
            stakeholder = stakeholder.superior_id
        return found
