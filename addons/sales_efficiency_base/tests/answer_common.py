# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import date

from .common import SalesEfficiencyCommon


class AnswerCommon(SalesEfficiencyCommon):
    """A customer who is asked one question."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from .fake_models import SalesFakeQuestion, load_fake_model

        load_fake_model(cls, SalesFakeQuestion)
        page = cls.env["ir.ui.view"].create(
            {
                "name": "Fake Question",
                "type": "qweb",
                "arch": '<input name="answer" type="text"/>',
            }
        )
        cls.env["ir.model.data"]._update_xmlids(
            [{"xml_id": "sales_efficiency_base.fake_question", "record": page}]
        )
        cls.cron = cls.env["ir.cron"].create(
            {
                "name": "Fake Questions",
                "model_id": cls.env["ir.model"]._get("sales.fake.question").id,
                "state": "code",
                "code": "model._cron_ask()",
                "interval_number": 1,
                "interval_type": "days",
            }
        )
        cls.customer_north.email = "Buyer@North.example"
        cls.customer_south.email = "buyer@south.example"
        cls.question = cls._ask(cls.customer_north)

    @classmethod
    def _ask(cls, partner, **values):
        return cls.env["sales.fake.question"].create(
            {
                "name": "How was it?",
                "company_id": cls.company.id,
                "answer_partner_id": partner.id,
                "answer_deadline": date(2026, 10, 31),
                **values,
            }
        )

    def _send(self):
        """Run the job, and return the e-mails that it has made."""
        mails = self.env["mail.mail"]
        before = mails.search([])
        self._run()
        return mails.search([]) - before

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_path(self, link):
        return re.sub(r"^https?://[^/]+", "", link)
