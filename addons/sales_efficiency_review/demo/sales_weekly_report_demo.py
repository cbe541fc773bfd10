# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from itertools import cycle

from odoo import Command, api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# States of the reports of previous weeks, oldest first, by initial letter: read, late
# and read, submitted, Late and not read, missing, back for completion
WEEKS = {
    "grace": "rrrr",
    "kevin": "rrrs",
    "amy": "rrrs",
    "jason": "rlms",
    "emily": "rrlL",
    "linda": "rlrr",
    "tony": "rrrb",
    "vivian": "lmrL",
    "david": "rrrs",
    "cindy": "rrrs",
    "eric": "rmlm",
    "yuki": "rrrs",
}
# User on leave, and how many weeks ago
AWAY = ("yuki", 2)
TASKS = (
    _lt("Visited the plant and took the measurements for the offer."),
    _lt("Sent the revised quotation and went through it with the purchaser."),
    _lt("Showed the new vision system at the customer's line."),
    _lt("Agreed the delivery dates of the running orders."),
    _lt("Called on four customers in the industrial zone."),
    _lt("Trained the operators of a customer on the new drives."),
    _lt("Prepared the tender documents with the technicians."),
)
CUSTOMERS = (
    (
        _lt("First talk with the new plant manager."),
        _lt("Invite him to the demonstration room"),
    ),
    (_lt("The trial runs well; they compare our price."), _lt("Offer by Wednesday")),
    (
        _lt("Collected the requirements of the second line."),
        _lt("Configure the drives"),
    ),
    (_lt("Went through the service contract."), _lt("Send the draft to their lawyer")),
    (_lt("Met them at the fair; they plan a new hall."), _lt("Visit in two weeks")),
)
PROBLEMS = (
    (
        _lt("The delivery time of the drives is eight weeks."),
        _lt("Offer parts from stock."),
    ),
    (_lt("A competitor offers 8 % less."), _lt("Show the cost of a standstill.")),
    (
        _lt("The customer's invoice is not approved yet."),
        _lt("Call the accountant on Monday."),
    ),
    (_lt("The purchaser has left; nobody decides."), _lt("Meet the plant manager.")),
    (
        _lt("The test unit was returned with a fault."),
        _lt("Send a new one with a technician."),
    ),
    (
        _lt("The budget of the project is cut by a third."),
        _lt("Offer it in two stages."),
    ),
    (
        _lt("They want 90 days to pay."),
        _lt("Propose a discount for payment in 30 days."),
    ),
)
PLANS = (
    _lt("Present the offer to the board."),
    _lt("Visit two new customers in the science park."),
    _lt("Follow up on all quotations older than two weeks."),
    _lt("Prepare the training of the operators."),
)
COMMENTS = (
    _lt("Well done, keep it up."),
    _lt("Take Amy along to the next visit."),
    False,
)
# Author of a problem last week → helper
HELP = {"jason": "amy", "cindy": "david", "emily": "kevin"}


class SalesWeeklyReportDemo(models.AbstractModel):
    """Creates weekly reports of the demo company."""

    _name = "sales.weekly.report.demo"
    _description = "Weekly Report Demo Data"

    @api.model
    def _load(self):
        """Create the reports of four weeks and the drafts of this one."""
        demo = enter_demo(
            self,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )
        company = demo.env.company
        if demo.env["sales.weekly.report"].search_count([], limit=1):
            return  # Demo data may be loaded again
        monday = company._get_sales_week()
        demo._leave_foreign_teams()
        demo._load_leave(company, monday)
        demo._load_meetings(company, monday)
        banks = (TASKS, CUSTOMERS, PROBLEMS, PLANS, COMMENTS)
        texts = [cycle(demo._translate(bank)) for bank in banks]
        number = len(WEEKS["grace"])
        for week in range(number):
            start = monday - timedelta(weeks=number - week)
            demo._load_week(company, start, week, texts)
        reports = demo.env["sales.weekly.report"]
        # Not as the job does: at a weekend the reports of the week are due already.
        reports.create(reports._prepare_reports(company, monday))._prefill()
        reports._get_open_reports()._update_schedule()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _translate(self, texts):
        """Return a text, or tuples of texts, in the language of the demo data."""
        if isinstance(texts, tuple):
            return tuple(map(self._translate, texts))
        return texts and self.env._(texts)

    def _leave_foreign_teams(self):
        """Remove the users of Odoo's own demo data from the sales teams: they sell
        nothing here, so they neither report nor attend meetings."""
        people = self.env.ref("base.user_admin") | self.env.ref("base.user_demo")
        people.crm_team_member_ids.active = False

    def _load_leave(self, company, monday):
        login, weeks = AWAY
        start = monday - timedelta(weeks=weeks)
        self.env["resource.calendar.leaves"].create(
            {
                "name": self.env._("Annual leave"),
                "resource_id": self._user(login).employee_id.resource_id.id,
                "date_from": company._get_sales_moment(start),
                "date_to": company._get_sales_moment(start + timedelta(days=7)),
            }
        )

    def _load_meetings(self, company, monday):
        """Create customer meetings of each user last week and this week."""
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True)
        for place, login in enumerate(WEEKS):
            user = self._user(login)
            customer = self.env["res.partner"].search(
                [("user_id", "=", user.id)], limit=1
            )
            for week in (-1, 0):
                day = monday + timedelta(weeks=week, days=place % 4)
                start = company._get_sales_moment(day, 10)
                events.create(
                    {
                        "name": self.env._(
                            "Visit: %s", customer.name or self.env._("new customer")
                        ),
                        "user_id": user.id,
                        "partner_ids": [Command.set(user.partner_id.ids)],
                        "start": start,
                        "stop": start + timedelta(hours=1),
                    }
                )

    def _load_week(self, company, start, week, texts):
        reports = self.env["sales.weekly.report"]
        people = [self._user(login).id for login in WEEKS]
        reports = reports.create(
            [
                vals
                for vals in reports._prepare_reports(company, start)
                if vals["user_id"] in people
            ]
        )
        reports._prefill()
        number = len(WEEKS["grace"])
        for login, letters in WEEKS.items():
            user = self._user(login)
            report = reports.filtered(lambda r, user=user: r.user_id == user)
            if report and letters[week] != "m":
                helper = HELP.get(login) if week == number - 1 else None
                self._fill(report, texts, helper)
                self._finish(report, letters[week], next(texts[-1]))

    def _fill(self, report, texts, helper):
        task, customer, problem, plan = (next(bank) for bank in texts[:4])
        customers = self.env["res.partner"].search(
            [("user_id", "=", report.user_id.id)], limit=2
        )
        first, second = customers[:1].id, customers[-1:].id
        # All planned tasks but the last are done.
        report.done_ids[:-1].is_done = True
        report.line_ids = [
            Command.create(vals)
            for vals in (
                {"kind": "done", "name": task, "is_done": True, "partner_id": first},
                {
                    "kind": "customer",
                    "name": customer[0],
                    "next_step": customer[1],
                    "partner_id": second,
                },
                {
                    "kind": "problem",
                    "name": problem[0],
                    "solution": problem[1],
                    "partner_id": second,
                    "helper_id": helper and self._user(helper).id,
                },
                {"kind": "plan", "name": plan, "partner_id": first},
                {"kind": "plan", "name": next(texts[3])},
            )
        ]

    def _finish(self, report, letter, comment):
        """Submit, read or send back a report, dated accordingly."""
        is_late = letter in "lL"
        submitted_at = report.deadline + timedelta(hours=15 if is_late else -3)
        report.write(
            {"state": "submitted", "submitted_at": submitted_at, "is_late": is_late}
        )
        report.line_ids._ask_for_help()
        if letter in "rl":
            report.write(
                {
                    "state": "read",
                    "comment": comment,
                    "read_by_id": report.leader_id.id,
                    "read_at": submitted_at + timedelta(hours=16),
                }
            )
        elif letter == "b":
            report.write(
                {
                    "state": "draft",
                    "comment": self.env._("Which customers did you visit?"),
                }
            )
        else:
            report._plan_reading()
