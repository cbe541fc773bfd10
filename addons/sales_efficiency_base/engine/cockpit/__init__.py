# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .approvals import Approvals, Waiting, find_reviews
from .choice import Choice
from .figures import Figures
from .freshness import Freshness
from .help import Help
from .panel import Panel
from .start import Start
