# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest import SkipTest

from odoo.tests import TransactionCase


class DemoCase(TransactionCase):
    """Tests of the demo company, skipped in databases without it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.ref(
            "sales_efficiency_base.team_division_demo", raise_if_not_found=False
        ):
            raise SkipTest("The database has no demo data: nothing to look at")
        cls.company = cls.env.ref("sales_efficiency_base.company_demo")
        # As its people do, without the figures of Odoo's own demo data
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
