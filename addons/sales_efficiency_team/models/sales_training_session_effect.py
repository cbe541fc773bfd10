# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import TrainingEffect

# Who sees what people thought of a session, and whether it helped
RESULTS = "hr.group_hr_user,sales_efficiency_base.group_sales_director"


class SalesTrainingSession(models.Model):
    """Whether a session helped: what its participants think of it, and how they sell
    afterwards."""

    _inherit = "sales.training.session"  # pylint: disable=consider-merging-classes-inherited

    rating = fields.Float(
        string="Average Rating",
        compute="_compute_rating",
        digits=(16, 1),
        groups=RESULTS,
        help="Of the ratings from 1 to 5, once three people have rated it.",
    )
    effect_months = fields.Char(
        string="Months Compared", compute="_compute_effect", groups=RESULTS
    )
    effect_trained_before = fields.Float(
        string="Trained, Before (%)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_trained_after = fields.Float(
        string="Trained, After (%)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_trained_change = fields.Float(
        string="Trained, Change (Points)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_others_before = fields.Float(
        string="Others, Before (%)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_others_after = fields.Float(
        string="Others, After (%)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_others_change = fields.Float(
        string="Others, Change (Points)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
    )
    effect_difference = fields.Float(
        string="Difference (Points)",
        compute="_compute_effect",
        digits=(16, 1),
        groups=RESULTS,
        help="Change of those trained less change of the others.",
    )
    effect_trained_count = fields.Integer(
        string="People Trained", compute="_compute_effect", groups=RESULTS
    )
    effect_others_count = fields.Integer(
        string="Other People", compute="_compute_effect", groups=RESULTS
    )

    @api.depends("attendance_ids.rating_value")
    def _compute_rating(self):
        for session in self:
            marks = list(filter(None, session.attendance_ids.mapped("rating_value")))
            # One or two are known by those who see the mean.
            session.rating = sum(marks) / len(marks) if len(marks) >= 3 else 0.0

    @api.depends("state", "attendance_ids.state")
    @api.depends_context("uid")
    def _compute_effect(self):
        effects = TrainingEffect(self.env).measure(self._origin)
        for session in self:
            effect = effects.get(session._origin)
            session.update(
                effect.get_values(self.env)
                if effect
                else dict.fromkeys(
                    (name for name in self._fields if name.startswith("effect_")),
                    False,
                )
            )
