# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .contact_coverage import ContactCoverage
from .contact_digest import ContactDigest
from .contact_log import ContactLog
from .contact_planning import ContactPlanning
from .contact_rhythms import ContactRhythms
from .contact_sources import ContactSource, DoneActivities, PastMeetings
from .contact_to_dos import ContactToDos
from .contacts_panel import ContactsPanel
from .customer_events import CustomerEvents
from .merge_rows import merge_rows
from .policy_match import PolicyMatch
