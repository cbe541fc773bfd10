# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Odoo's configuration comes first: it says where the add-ons are.
from . import database
