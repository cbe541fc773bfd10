# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where sales fall short of what is expected of them, and where they could grow.

Places are the cells of the cuts of ``sales.finding``, e.g. a region × a product line.
Each is compared in the last two full months with its target or, without one, with last
year × the growth of the company. One statement asks the monthly cells and the stored
results for all of them, so the number of queries does not depend on theirs.
"""

from .batch import FindingBatch
from .window import Window
