# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .file_common import FileCommon

PROFILE = "sales_efficiency_resource.sales_customer_profile_document"


@tagged("post_install", "-at_install")
class TestSalesCustomerProfile(FileCommon):
    """The profile on paper shows what its reader may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_north.sales_potential_amount = 4321
        cls._create_stakeholder(cls.customer_north, cls.north_contact)
        cls._create_need(cls.customer_north, cls.line_a, supplier="Rival")
        cls._sell(2, "2026-01-10", user=cls.colleague)
        cls.env["sales.mart"]._refresh()

    def _render(self, user, partner=None):
        report = self.env["ir.actions.report"].with_user(user)
        partner = partner or self.customer_north
        return report._render_qweb_html(PROFILE, partner.ids)[0].decode()

    def test_the_salesperson_reads_the_file_without_sales_of_others(self):
        page = self._render(self.salesperson)
        for text in ("Customer North", "4,321.00", "Nora North", "Line A", "Rival"):
            self.assertIn(text, page)
        self.assertIn("No orders yet", page)
        self.assertNotIn("200.00", page)

    def test_the_director_reads_all_of_it(self):
        self.assertIn("200.00", self._render(self.director))

    def test_others_read_no_needs_and_stakeholders(self):
        page = self._render(self.outsider)
        self.assertNotIn("Rival", page)
        self.assertNotIn("4,321.00", page)
        self.assertNotIn("Nora North", page)

    def test_the_profile_of_a_contact_is_that_of_its_company(self):
        self.assertIn("4,321.00", self._render(self.salesperson, self.north_contact))

    def test_it_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.salesperson.lang = "fr_FR"
        self.assertIn('data-oe-lang="fr_FR"', self._render(self.salesperson))

    def test_customers_do_not_read_it(self):
        portal = new_test_user(self.env, "profile_portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.customer_north
        with self.assertRaises(AccessError):
            self._render(portal, portal.partner_id)
