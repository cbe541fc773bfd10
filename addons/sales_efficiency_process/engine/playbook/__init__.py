# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .playbook_check import PlaybookCheck
from .ready_playbook import ReadyPlaybook
from .requirement_kind import RequirementKind
from .requirement_kinds import (
    KnownDecider,
    NextStep,
    OpportunityField,
    QuotationMade,
    QuotationSent,
)
from .stay_limits import StayLimits
