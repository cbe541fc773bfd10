# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import calls

from . import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCalls(calls.CallsMixin, test_door_table.TestDoorTable):
    also_read = ("sales.customer.event", "sales.customer.score", "sales.fact")
