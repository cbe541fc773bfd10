# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .section_panels import GradesPanel, HeadCountPanel, JudgementsPanel
from .summary_panels import MyDevelopmentPanel, TeamPanel
