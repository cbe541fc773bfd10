# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

from ..engine import ContactToDos

# Months for which contacts are there
PAST_DAYS = 120
# Days between two contacts by the policies of the first grades, and of all others
RHYTHMS = (14, 30)
USUAL = 45
TYPES = ("call", "email", "call", "call", "email")
# Of so many customers, one is neglected.
NEGLECTED = 4
SATURDAY = 5


class SalesContactDemo(models.AbstractModel):
    """Serves the customers of the demo company by policies: most are contacted in
    time, some are overdue, and one is put off."""

    _name = "sales.contact.demo"
    _description = "Contact Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, mail_activity_quick_update=True)
        if demo.env["sales.service.policy"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._create_policies()
        demo._log_contacts()
        demo._plan()
        demo._snooze()

    def _create_policies(self):
        company = self.env.company
        grades = self.env["sales.grade"].search([("company_id", "=", company.id)])
        texts = (
            self.env._("Visit once a quarter, and offer new products here first."),
            self.env._("Find the next product line that they could buy from us."),
        )
        terms = self.env.ref("account.account_payment_term_45days", False)
        values = [
            {
                "grade_id": grade.id,
                "contact_days": days,
                "response_hours": 4 * number + 4,
                "strategy": text,
                "payment_term_id": not number and terms and terms.id,
            }
            for number, (grade, days, text) in enumerate(
                zip(grades, RHYTHMS, texts, strict=False)
            )
        ]
        values.append({"contact_days": USUAL, "response_hours": 24})
        start = company._get_sales_today() - timedelta(days=PAST_DAYS)
        self.env["sales.service.policy"].create(
            [{"date_from": start, **some} for some in values]
        )

    def _get_customers(self):
        customers = self.env["res.partner"].search(
            [
                ("parent_id", "=", False),
                ("user_id.company_ids", "in", self.env.company.id),
                ("company_id", "in", (False, self.env.company.id)),
            ]
        )
        return customers.filtered(lambda partner: not partner.user_ids)

    def _log_contacts(self):
        """Log contacts at a steady pace; the neglected have had none for long."""
        company = self.env.company
        today = company._get_sales_today()
        summaries = self._get_summaries()
        values = []
        for number, customer in enumerate(self._get_customers().sorted("id")):
            pace = 12 + 5 * (number % 6)
            latest = 1 + number % 11
            if number % NEGLECTED == 0:
                latest += 40 + number % 7
            for place, days in enumerate(range(latest, PAST_DAYS, pace)):
                values.append(
                    self._prepare_contact(
                        customer,
                        self._get_working_day(today - timedelta(days=days)),
                        TYPES[(number + place) % len(TYPES)],
                        summaries[(number + 3 * place) % len(summaries)],
                    )
                )
        activities = self.env["mail.activity"].create(
            [{**vals, "active": False} for vals in values]
        )
        # sudo: stamps that nobody else sets; the day that Odoo shows, too.
        for activity in activities.sudo():
            activity.date_done = activity.date_deadline

    def _get_summaries(self):
        return (
            self.env._("Asked how the last delivery went"),
            self.env._("Went through the open quotation"),
            self.env._("Sent the new price list"),
            self.env._("Asked about their plans for next quarter"),
            self.env._("Answered a question about lead times"),
            self.env._("Agreed on a date for the next visit"),
            self.env._("Told them about the new sensors"),
        )

    @staticmethod
    def _get_working_day(day):
        """Nobody calls a customer at the weekend: it was on Friday."""
        return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))

    def _prepare_contact(self, customer, day, kind, summary):
        return {
            "summary": summary,
            "activity_type_id": self.env.ref(f"mail.mail_activity_data_{kind}").id,
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": customer.id,
            "user_id": customer.user_id.id,
            "date_deadline": day,
            "sales_done_at": self.env.company._get_sales_moment(day, hour=10),
        }

    def _plan(self):
        """Plan as if the customers had come under the policies when these began: they
        are as old as the demo data."""
        contacts = self.env["sales.contact"]
        contacts._plan(self.env.company)
        plans = self.env["sales.contact.plan"].search(
            [("company_id", "=", self.env.company.id)]
        )
        for plan in plans:
            plan.date_from = plan.policy_id.date_from
        contacts._plan(self.env.company)
        to_dos = ContactToDos(self.env.company)
        to_dos.give(to_dos.find())

    def _snooze(self):
        plan = self.env["sales.contact.plan"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("user_id", "!=", False),
                ("next_date", "<", self.env.company._get_sales_today()),
            ],
            limit=1,
        )
        if plan:
            plan._snooze(
                self.env.company._get_sales_today() + timedelta(days=14),
                self.env._("Their buyer is on leave."),
            )
