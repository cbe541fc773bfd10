# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .allocation import allocate
from .arrays import to_array
from .bars import draw_bars, draw_steps
from .branches import get_branches
from .months import MONTH, QUARTER, SHORT_MONTH, YEAR, format_period
from .overlaps import get_overlaps
from .percent import get_percent
from .variance import PARTS, Item, Variance, decompose
