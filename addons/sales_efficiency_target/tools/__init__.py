# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .branches import get_branches
from .overlaps import get_overlaps
from .percent import get_percent
from .variance import PARTS, Item, Variance, decompose
