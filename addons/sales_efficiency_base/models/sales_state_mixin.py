# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError, UserError


class SalesStateMixin(models.AbstractModel):
    """A state that only actions can change, each from one specific state."""

    _name = "sales.state.mixin"
    _description = "States with Actions"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        # A user-defined default may also have set another state.
        first = self._fields["state"].default(self)
        if not self.env.su and any(record.state != first for record in records):
            self._refuse_state()
        return records

    def write(self, vals):
        if "state" in vals and not self.env.su:
            self._refuse_state()
        return super().write(vals)

    def _set_state(self, state):
        """Change the state; the calling action has checked that it may."""
        self.check_access("write")
        self.sudo().state = state  # sudo: users cannot write it, see ``write``

    def _refuse_state(self):
        raise AccessError(
            self.env._("The status cannot be edited. Use the buttons of the form.")
        )

    def _check_state_is(self, state):
        """Refuse outdated requests, e.g. from a page that was open for too long.

        :raise UserError: if a record is in another state
        """
        states = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state != state:
                raise UserError(
                    self.env._(
                        "%(record)s is no longer %(state)s. Reload the page.",
                        record=record.display_name,
                        state=states[state],
                    )
                )
