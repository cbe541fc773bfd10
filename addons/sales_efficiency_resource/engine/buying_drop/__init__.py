# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .drop_results import DropResults
from .drop_statistics import (
    CLOSING,
    DROP,
    EARLIER_DAYS,
    FALSE_SHARE,
    RECENT_DAYS,
    find_line,
    get_mid_p,
    is_testable,
    judge,
)
from .drop_test import BuyingDropTest
from .order_counts import OrderCounts
