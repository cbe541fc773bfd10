# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class SalesStateMixin(models.AbstractModel):
    """Actions that a record allows in one state alone."""

    _name = "sales.state.mixin"
    _description = "States with Actions"

    def _check_state_is(self, state):
        """Refuse what comes too late, e.g. from a page that was open for long.

        :raise UserError: naming the record and the state that it should be in
        """
        states = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state != state:
                raise UserError(
                    self.env._(
                        "%(record)s is not %(state)s any more. Reload the page to see"
                        " what has happened.",
                        record=record.display_name,
                        state=states[state],
                    )
                )
