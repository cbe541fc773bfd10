# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.visit import without_place

# Characters that base64 makes of 15 MB
LARGEST = 15 * 1024 * 1024 * 4 // 3


class SalesVisitPhoto(models.Model):
    """A photo taken on a visit, without the place that the camera notes in it."""

    _name = "sales.visit.photo"
    _inherit = "sales.visit.part.mixin"
    _description = "Photo of a Visit"
    _order = "visit_id, sequence, id"

    name = fields.Char(string="Caption")
    sequence = fields.Integer(default=10)
    image = fields.Image(string="Photo", required=True, max_width=1920, max_height=1920)
    image_256 = fields.Image(
        related="image", string="Small Photo", max_width=256, max_height=256, store=True
    )

    @api.depends("name")
    def _compute_display_name(self):
        for photo in self:
            photo.display_name = photo.name or self.env._("Photo")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    @api.model
    def _clean(self, vals):
        """:return: the values with a photo that does not tell where it was taken"""
        if not vals.get("image"):
            return vals
        self._check_size(vals["image"])
        return {**vals, "image": without_place(vals["image"])}

    @api.model
    def _check_size(self, data):
        if isinstance(data, str | bytes) and len(data) > LARGEST:
            raise ValidationError(
                self.env._("A photo has at most 15 MB. Choose a smaller one.")
            )
