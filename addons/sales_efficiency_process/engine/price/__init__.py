# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import coverage
from . import spreading
from .coverage import is_covered
from .floor_check import FloorCheck
from .floor_index import FloorIndex, read_ancestors
from .price_effect import PriceEffect
from .price_gate import PriceGate
from .quotation_needs import QuotationNeeds
from .term_index import TermIndex
from .wording import describe_check
