# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo import models

NOTES = (
    "Knows our machines better than we do.",
    "Calls back on the same day, every time.",
    "Quotations could be shorter.",
    "Helps newcomers without being asked.",
    "Should write down what was agreed on the phone.",
    "Reports are always complete.",
)


class SalesAppraisalDemo(models.AbstractModel):
    """Lets the people and customers of the demo company rate."""

    _inherit = "sales.appraisal.demo"  # pylint: disable=consider-merging-classes-inherited

    def _rate(self, cycle, share=1.0):
        """Give the ratings of a cycle, or a share of them, as the raters would."""
        chance = random.Random(4)  # the same in each demo
        for rating in cycle._get_open_ratings():
            if chance.random() > share:
                continue
            for line in rating.line_ids:
                line.mark = chance.choice("33444455")
            if chance.random() < 0.3:
                rating.note = chance.choice(NOTES)
            rating.answer_state = "answered"
            rating._drop_to_dos()
