# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from ..engine import CleaningProposals
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestUiQuality(QualityCommon, HttpCase):
    """The owner of data cleans it."""

    def test_the_owner_cleans(self):
        self.customers.write(
            {"phone": "02-2469-4407", "country_id": self.env.ref("base.tw").id}
        )
        rule = self._create_rule(
            kind="inconsistent",
            name="Phones without Country Code",
            field_name="phone",
            condition="[('phone', 'not like', '+')]",
        )
        self._check(rule)
        CleaningProposals(self.env).propose("res.partner", self.customers.ids)
        self.start_tour(
            "/odoo/sales-data-issues", "sales_data_of_owner", login="test_salesperson"
        )
        issue = self.issues.search([("res_id", "=", self.customer_north.id)])
        self.assertRecordValues(
            issue, [{"state": "accepted", "note": "Written as they wish."}]
        )
        self.assertEqual(self.customer_north.phone, "02-2469-4407")
