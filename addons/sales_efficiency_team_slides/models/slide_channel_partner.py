# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import OnlineCourses


class SlideChannelPartner(models.Model):
    _inherit = "slide.channel.partner"

    def _post_completion_update_hook(self, completed=True):
        """Who completes an eLearning course has passed the trainings that it counts as.

        They stay passed if contents are added later.
        """
        res = super()._post_completion_update_hook(completed=completed)
        if completed:
            OnlineCourses(self).note()
        return res
