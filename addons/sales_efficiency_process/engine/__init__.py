# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .need import CRITERIA, KeyPeople, NeedScore, PeopleMap, SolutionValue
from .visit import (
    Brief,
    BriefColumn,
    BriefRow,
    BriefSection,
    VisitWeek,
)
