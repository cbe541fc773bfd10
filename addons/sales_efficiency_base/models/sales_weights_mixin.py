# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from ..tools import add_up


class SalesWeightsMixin(models.AbstractModel):
    """What judges by weighted criteria, which are 100.00 together.

    They are written one by one: whatever writes one has them checked later, once all
    are saved.
    """

    _name = "sales.weights.mixin"
    _description = "Weighted Criteria"

    @api.constrains("criterion_ids")
    def _check_weights(self):
        for record in self:
            weights = record.criterion_ids.mapped("weight")
            if not add_up(weights):
                raise ValidationError(
                    self.env._(
                        "The weights of %(name)s add up to %(sum)s. They must be"
                        " 100.00 together.",
                        name=record.display_name,
                        sum=formatLang(self.env, sum(weights), digits=2),
                    )
                )

    def _check_later(self):
        """Check the criteria once all of them are saved."""
        precommit = self.env.cr.precommit
        if self._name not in precommit.data:
            precommit.data[self._name] = set()
            precommit.add(self._check_pending)
        precommit.data[self._name].update(self.ids)

    @api.model
    def _check_pending(self):
        ids = self.env.cr.precommit.data.pop(self._name, ())
        self.browse(ids).exists()._check_criteria()

    def _check_criteria(self):
        """Hook: refuse criteria that do not go together."""
        self._check_weights()
