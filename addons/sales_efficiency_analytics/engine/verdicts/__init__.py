# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Say in words what a method found: how strong, how sure, and where its limits are.

One class a method: ``RegressionVerdict(env, result, names, units)``, whose
``sentences()`` are texts in the language of ``env``, the headline first. ``result`` is
the dict that the method's dataclass became, ``names`` and ``units`` are of the columns
by code (units: those of metrics). ``refusals(env)`` gives the text of each reason to
refuse.
"""

from .allocation import AllocationVerdict
from .cluster import ClusterVerdict
from .correlation import CorrelationVerdict
from .descriptive import DescriptiveVerdict
from .forecast import ForecastVerdict
from .regression import RegressionVerdict
from .trend import TrendVerdict
from .verdict import Verdict
