# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load public sample data into a database; see ``script/load-sample --help``."""

from .crm_sales_opportunities import CrmSalesOpportunitiesLoader
from .northwind import NorthwindLoader

DATA_SETS = {
    loader.namespace: loader
    for loader in (CrmSalesOpportunitiesLoader, NorthwindLoader)
}
