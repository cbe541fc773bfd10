# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import MO, relativedelta
from markupsafe import Markup

from odoo import api, models

# The leaders who hold meetings, with where they meet
LEADERS = {"kevin": "Taipei, room 3", "linda": "Taichung, room 1"}
# What was agreed in the meetings of two months ago and of last month: the action, its
# owner (place among the attendees), days until it is due (from today), its result.
ACTIONS = (
    (
        (
            "Win back two customers who have bought nothing for a year",
            0,
            -10,
            None,
        ),
        ("Collect the arguments against the new competitor", 1, -25, "Done: one page."),
    ),
    (
        ("Visit the three largest customers with the product manager", 1, 9, None),
        ("Clear the offers that are older than 60 days", 2, -3, None),
        ("Train the team on the new sensors", 0, -6, "Held on site, all attended."),
    ),
)
MINUTES = (
    "Everybody reported on the month. Vision systems run well; standard drives lose"
    " orders on price.",
    "The figures were gone through by person. Two tenders have moved to next month.",
)
DECISIONS = (
    "Offers above 50,000 go out only after a visit.",
    "The two late tenders stay in the forecast; the leader follows them every week.",
)


class SalesMeetingDemo(models.AbstractModel):
    """Has the teams of the demo company meet each month."""

    _name = "sales.meeting.demo"
    _description = "Sales Meeting Demo Data"

    @api.model
    def _load(self):
        """Create the meetings of the last two months, and the next ones."""
        company = self.env.ref("base.main_company")
        demo = self.with_company(company).with_context(
            tracking_disable=True, no_mail_to_attendees=True
        )
        if demo.env["sales.meeting"].search_count([], limit=1):
            return  # Odoo can be told to load the demo data once more
        for login, location in LEADERS.items():
            demo._load_team(self._user(login), location)
        demo._load_company()

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")

    def _load_team(self, leader, location):
        meetings = self.env["sales.meeting"].with_user(leader)
        for ago in (2, 1):
            meeting = meetings.create(
                {"date": self._get_moment(-ago), "location": location}
            )
            meeting.action_generate_pack()
            meeting.pack_date = meeting.date - timedelta(hours=3)
            meeting.minutes = self._paragraph(MINUTES[2 - ago])
            meeting.decisions = self._paragraph(DECISIONS[2 - ago])
            self._agree(meeting, ACTIONS[2 - ago])
            meeting.action_hold()
        meetings.create({"date": self._get_next_moment(), "location": location})

    def _load_company(self):
        director = self._user("grace")
        self.env["sales.meeting"].with_user(director).create(
            {
                "team_id": False,
                "date": self._get_next_moment() + timedelta(days=1, hours=4),
                "location": "Taipei, auditorium",
            }
        )

    def _agree(self, meeting, actions):
        people = (meeting.partner_ids - meeting.user_id.partner_id).user_ids
        today = meeting.company_id._get_sales_today()
        for name, owner, days, result in actions:
            item = meeting.env["sales.action"].create(
                {
                    "name": name,
                    "meeting_id": meeting.id,
                    "user_id": people[owner % len(people)].id,
                    "date_deadline": today + timedelta(days=days),
                    "result": result,
                }
            )
            if result:
                item.action_done()

    def _get_moment(self, months):
        """:return: the first Monday of a month, so many before or after this one"""
        company = self.env.company
        month = company._get_sales_today() + relativedelta(months=months, day=1)
        return company._get_sales_moment(month + relativedelta(weekday=MO), 10.0)

    def _get_next_moment(self):
        today = self.env.company._get_sales_today()
        moments = (self._get_moment(months) for months in (0, 1))
        return next(moment for moment in moments if moment.date() > today)

    def _paragraph(self, text):
        return Markup("<p>%s</p>") % text
