# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SlideChannel(models.Model):
    _inherit = "slide.channel"

    def _get_sales_certifications(self):
        """:return: the certifications without which the course is not completed"""
        slides = self.slide_ids.filtered(
            lambda slide: slide.slide_category == "certification" and slide.is_published
        )
        return slides.survey_id
