# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import Form, freeze_time, tagged, users

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestCrmLeadDimensions(SalesEfficiencyCommon):
    def _create_lead(self, **values):
        return self.env["crm.lead"].create({"name": "Deal", **values})

    def test_an_opportunity_takes_region_and_channel_from_its_customer(self):
        lead = self._create_lead(partner_id=self.customer_north.id)
        self.assertEqual(lead.sales_region_id, self.region_north)
        self.assertEqual(lead.sales_channel_id, self.channel_agent)

    def test_a_lead_without_customer_takes_the_region_of_its_address(self):
        lead = self._create_lead(country_id=self.country_a.id, state_id=self.state_s.id)
        self.assertEqual(lead.sales_region_id, self.region_south)
        lead.state_id = False
        self.assertEqual(lead.sales_region_id, self.region_north)

    def test_the_channel_of_a_lead_stays_when_its_customer_is_unknown(self):
        lead = self._create_lead(sales_channel_id=self.channel_shop.id)
        self.assertEqual(lead.sales_channel_id, self.channel_shop)

    @users("test_salesperson")
    def test_a_salesperson_chooses_region_and_channel(self):
        with Form(self.env["crm.lead"], "crm.crm_lead_view_form") as form:
            form.name = "Deal"
            form.partner_id = self.customer_north
            form.sales_region_id = self.region_south
        self.assertEqual(form.record.sales_region_id, self.region_south)
        self.assertEqual(form.record.sales_channel_id, self.channel_agent)

    @freeze_time("2026-03-05 12:00:00")
    def test_an_opportunity_begins_today_or_on_the_imported_day(self):
        lead = self._create_lead()
        self.assertEqual(str(lead.sales_opened_date), "2026-03-05")
        imported = self._create_lead(sales_opened_date="2025-11-30")
        self.assertEqual(str(imported.sales_opened_date), "2025-11-30")
        self.assertEqual(str(imported.copy().sales_opened_date), "2026-03-05")

    @freeze_time("2026-03-04 22:00:00")
    def test_an_opportunity_by_email_begins_on_the_day_of_its_company(self):
        """The mail gateway user has no time zone, and belongs to another company."""
        other = self.env["res.company"].create(
            {"name": "Taipei", "sales_tz": "Asia/Taipei"}
        )
        team = self.env["crm.team"].create({"name": "Sales", "company_id": other.id})
        robot = self.env.ref("base.user_root")
        robot.tz = False
        leads = self.env["crm.lead"].with_user(robot).with_context(tz=False)
        message = {"subject": "Offer", "from": "a@example.com", "email_from": "a@b.c"}
        for team_id, day in ((team.id, "2026-03-05"), (False, "2026-03-04")):
            lead = leads.message_new(message, {"team_id": team_id})
            self.assertEqual(str(lead.sales_opened_date), day)
        self.company.sales_tz = "Asia/Taipei"
        self.assertEqual(
            str(leads.create({"name": "Form"}).sales_opened_date), "2026-03-05"
        )

    def test_a_merged_opportunity_began_with_the_first(self):
        leads = self._create_lead(sales_opened_date="2026-02-01", type="opportunity")
        leads += self._create_lead(sales_opened_date="2026-01-01", type="opportunity")
        merged = leads.merge_opportunity()
        self.assertEqual(str(merged.sales_opened_date), "2026-01-01")

    def test_a_merged_opportunity_keeps_the_product_line_of_any(self):
        first = self._create_lead(type="opportunity", expected_revenue=1)
        second = self._create_lead(type="opportunity", sales_categ_id=self.category.id)
        merged = (first + second).merge_opportunity()
        self.assertEqual(merged.sales_categ_id, self.category)

    def test_a_quotation_keeps_what_was_chosen_for_its_opportunity(self):
        lead = self._create_lead(
            type="opportunity",
            partner_id=self.customer_north.id,
            sales_region_id=self.region_south.id,
        )
        context = lead._prepare_opportunity_quotation_context()
        order = self.env["sale.order"].with_context(**context).create({})
        self.assertEqual(order.partner_id, self.customer_north)
        self.assertEqual(order.sales_region_id, self.region_south)
        self.assertEqual(order.sales_channel_id, self.channel_agent)
