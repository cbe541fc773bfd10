# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

# The last two full months are August and September 2026.
DAY = date(2026, 10, 15)


class FindingCommon(SalesTargetCommon):
    """Sales of a product line in North and South, as each test wants them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.findings = cls.env["sales.finding"]

    @classmethod
    def _sell(cls, region, august, september, year=2026, **values):
        """Record a sale in August and one in September."""
        cls._create_history(
            *(
                (
                    date(year, month, 12),
                    amount,
                    {
                        "region_id": region.id,
                        "categ_id": cls.category.id,
                        "recorded_as": "order",
                        **values,
                    },
                )
                for month, amount in ((8, august), (9, september))
                if amount
            )
        )

    @classmethod
    def _promise(cls, of_company, region=None):
        """Run a plan: 100 a month for a line in a region, and a sum for the company.

        :param of_company: target of the company for August and September together
        """
        cls.root.amount = 6 * of_company
        cls._create_target(
            amount=1200,
            region_id=(region or cls.region_north).id,
            categ_id=cls.category.id,
        )
        cls._start()
        cls._refresh()

    @classmethod
    def _find(cls, day=DAY, company=None):
        """:return: the open findings after a search"""
        company = company or cls.company
        cls.findings._find(company, day)
        return cls.findings.search(
            [("company_id", "=", company.id), ("state", "=", "open")]
        )

    @classmethod
    def _find_slow(cls):
        return cls._find().filtered(lambda finding: finding.cause == "slow")
