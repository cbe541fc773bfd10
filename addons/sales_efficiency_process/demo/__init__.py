# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_deal_demo
from . import sales_funnel_demo
from . import sales_market_demo
from . import sales_need_demo
from . import sales_price_demo
from . import sales_visit_demo
