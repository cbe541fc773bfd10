# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .chart import Chart
from .choice import TargetChoice
from .freshness import ResultFreshness
from .gaps import Gaps
from .gauges import Gauges
from .help import TargetHelp
from .metrics import Metrics
from .moved import Moved
from .panel import LENGTH, TargetPanel
from .path import Path
from .plans import Plans
from .rankings import Rankings
from .warnings import Warnings
