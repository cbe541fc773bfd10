# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestUtmCampaign(SalesEfficiencyCommon):
    """Campaigns are for sales, too, not only for those who send mailings."""

    def test_a_salesperson_plans_and_opens_a_campaign(self):
        form = Form(self.env["utm.campaign"].with_user(self.salesperson))
        form.title = "Spring Fair"
        campaign = form.save()
        self.env.invalidate_all()
        with Form(campaign) as form:
            form.title = "Spring Fair 2026"
        self.assertEqual(campaign.ab_testing_mailings_count, 0)

    def test_who_sends_mailings_sees_their_number(self):
        user = self._create_user("salesperson", login="mailer")
        user.group_ids += self.env.ref("mass_mailing.group_mass_mailing_user")
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        self.env["mailing.mailing"].create(
            {
                "subject": "Offer",
                "mailing_model_id": self.env["ir.model"]._get("res.partner").id,
                "campaign_id": campaign.id,
            }
        )
        self.assertEqual(campaign.with_user(user).mailing_mail_count, 1)
