# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .competitor_deals import CompetitorDeals
from .lead_board import LeadBoard
from .lead_choice import LeadChoice
from .lead_costs import LeadCosts
from .lead_scoring import LeadScoring
from .month_parts import from_months, spread_over_months
from .priorities_panel import PrioritiesPanel
from .research_pack import ResearchPack
from .rhythm import get_next_day
