# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from ..team_board import Board, Grades, HeadCount, Judgements


class SectionPanel(Panel):
    """A section of the team board in the cockpit of the company.

    It is about the latest appraisal cycle and the fiscal year of today, whatever
    period is chosen.
    """

    section_class = None

    def is_visible(self):
        return self.choice.scope == "company" and self._section.is_visible()

    def get_data(self):
        return self._section.describe()

    @cached_property
    def _section(self):
        return self.section_class(Board(self.env, company=self.choice.company))


class HeadCountPanel(SectionPanel):
    key = "team_head_count"
    section_class = HeadCount


class GradesPanel(SectionPanel):
    key = "team_grades"
    section_class = Grades


class JudgementsPanel(SectionPanel):
    key = "team_judgements"
    section_class = Judgements
