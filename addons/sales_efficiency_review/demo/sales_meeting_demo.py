# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import MO, relativedelta
from markupsafe import Markup

from odoo import api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Leaders who hold meetings, and the location
LEADERS = {"kevin": _lt("Taipei, room 3"), "linda": _lt("Taichung, room 1")}
# Action items of the last two meetings: action, owner (position among the attendees),
# days until due (from today), result
ACTIONS = {
    "kevin": (
        (
            (
                _lt("Win back two customers who have bought nothing for a year"),
                0,
                -10,
                None,
            ),
            (
                _lt("Collect the arguments against the new competitor"),
                1,
                -25,
                _lt("Done: one page."),
            ),
        ),
        (
            (
                _lt("Visit the three largest customers with the product manager"),
                1,
                9,
                None,
            ),
            (_lt("Clear the offers that are older than 60 days"), 2, -3, None),
            (
                _lt("Train the team on the new sensors"),
                0,
                -6,
                _lt("Held on site, all attended."),
            ),
        ),
    ),
    "linda": (
        (
            (
                _lt("Compare the delivery times of drives with those of others"),
                0,
                -8,
                None,
            ),
            (
                _lt("Name a deputy for each key account"),
                1,
                -27,
                _lt("The list is with all."),
            ),
        ),
        (
            (_lt("Show the vision system at the trade fair in Kaohsiung"), 1, 12, None),
            (
                _lt("Agree on a framework contract with the two largest buyers"),
                0,
                5,
                None,
            ),
            (
                _lt("Check the prices of spare parts"),
                1,
                -5,
                _lt("Raised by 3 % on average."),
            ),
        ),
    ),
}
MINUTES = {
    "kevin": (
        _lt(
            "Everybody reported on the month. Vision systems run well; standard drives"
            " lose orders on price."
        ),
        _lt(
            "The figures were gone through by person. Two tenders have moved to next"
            " month."
        ),
    ),
    "linda": (
        _lt(
            "Everybody reported on the month. Machine builders in Taichung buy less;"
            " food and packaging have made up for half of it."
        ),
        _lt(
            "The figures were gone through by product line. The new sensors are asked"
            " for, but not in stock."
        ),
    ),
}
DECISIONS = {
    "kevin": (
        _lt("Offers above 1,500,000 go out only after a visit."),
        _lt(
            "The two late tenders stay in the forecast; the leader follows them every"
            " week."
        ),
    ),
    "linda": (
        _lt(
            "Every salesperson calls on two new customers in food and packaging a"
            " month."
        ),
        _lt("Sensors are promised only after the warehouse has confirmed them."),
    ),
}


class SalesMeetingDemo(models.AbstractModel):
    """Creates monthly meetings of the teams of the demo company."""

    _name = "sales.meeting.demo"
    _description = "Sales Meeting Demo Data"

    @api.model
    def _load(self):
        """Create the last two meetings and the next one of each team."""
        demo = enter_demo(self, tracking_disable=True, no_mail_to_attendees=True)
        if demo.env["sales.meeting"].search_count([], limit=1):
            return  # Demo data may be loaded again
        for login, location in LEADERS.items():
            demo._load_team(self._user(login), demo.env._(location))
        demo._load_company()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _load_team(self, leader, location):
        meetings = self.env["sales.meeting"].with_user(leader)
        past, coming = self._get_moments()
        for number, moment in enumerate(past):
            meeting = meetings.create({"date": moment, "location": location})
            meeting.action_generate_pack()
            # sudo: only code dates a data pack.
            meeting.sudo().pack_date = meeting.date - timedelta(hours=3)
            meeting.minutes = self._paragraph(MINUTES[leader.login][number])
            meeting.decisions = self._paragraph(DECISIONS[leader.login][number])
            self._agree(meeting, ACTIONS[leader.login][number])
            meeting.action_hold()
        meetings.create({"date": coming, "location": location})

    def _load_company(self):
        director = self._user("grace")
        _past, coming = self._get_moments()
        self.env["sales.meeting"].with_user(director).create(
            {
                "team_id": False,
                "date": coming + timedelta(days=1, hours=4),
                "location": self.env._("Taipei, auditorium"),
            }
        )

    def _agree(self, meeting, actions):
        people = (meeting.partner_ids - meeting.user_id.partner_id).user_ids
        today = meeting.company_id._get_sales_today()
        for name, owner, days, result in actions:
            item = meeting.env["sales.action"].create(
                {
                    "name": self.env._(name),
                    "meeting_id": meeting.id,
                    "user_id": people[owner % len(people)].id,
                    "date_deadline": today + timedelta(days=days),
                    "result": result and self.env._(result),
                }
            )
            if result:
                item.action_done()

    def _get_moments(self):
        """:return: the last two and the next first Mondays of a month"""
        company = self.env.company
        today = company._get_sales_today()
        firsts = [today + relativedelta(months=n, day=1) for n in (-2, -1, 0, 1)]
        days = [first + relativedelta(weekday=MO) for first in firsts]
        past = [day for day in days if day < today][-2:]
        coming = next(day for day in days if day > today)
        *past, coming = (company._get_sales_moment(d, 10.0) for d in (*past, coming))
        return past, coming

    def _paragraph(self, text):
        return Markup("<p>%s</p>") % self.env._(text)
