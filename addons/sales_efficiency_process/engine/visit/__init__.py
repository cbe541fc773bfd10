# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .brief import Brief
from .brief_section import BriefColumn, BriefRow, BriefSection
from .brief_sections import (
    CompetitorsSection,
    CustomerSection,
    LastVisitSection,
    NeedsSection,
    OpportunitiesSection,
    OrdersSection,
    OverdueSection,
    PeopleSection,
    PromisesSection,
    QuotationsSection,
)
from .contracts_section import ContractsSection
from .distance import is_outside, measure
from .free_time import FreeTime
from .photo import without_place
from .reading import Reading
from .requirements import NextStepOrVisit, VisitHeld
from .route import Slots, plan_route
from .visit_contacts import DoneVisits, OtherMeetings
from .visit_news import VisitNews
from .visits_panel import VisitsPanel
from .week import VisitWeek
from .week_candidates import WeekCandidates
from .week_proposals import WeekProposals
