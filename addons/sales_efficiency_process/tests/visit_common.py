# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

# A Thursday, and noon of it, in UTC as all clocks of the tests
TODAY = "2026-10-15"
NOON = "2026-10-15 12:00:00"
# Places of the issue, 199.39 m apart on the ellipsoid
HERE = (25.033964, 121.564468)
THERE = (25.035764, 121.564468)


class VisitCommon(SalesEfficiencyCommon):
    """Customer North of the salesperson lies at a known place; people work from Monday
    to Friday, 8 to 12 and 13 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.visit.rule"].search([]).unlink()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Test Week", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.company.write(
            {
                "resource_calendar_id": cls.calendar.id,
                "sales_visit_minutes": 60,
                "sales_visit_gap": 30,
                "sales_visit_per_day": 4,
                "sales_visit_report_hours": 24,
                "sales_visit_places": True,
                "sales_visit_radius": 200,
                "sales_visit_place_months": 3,
            }
        )
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.colleague
        cls.north_contact, cls.south_contact = cls.env["res.partner"].create(
            [
                {
                    "name": "Nora North",
                    "parent_id": cls.customer_north.id,
                    "email": "nora@north.example.com",
                },
                {"name": "Sam South", "parent_id": cls.customer_south.id},
            ]
        )
        cls._locate(cls.customer_north, HERE)

    @classmethod
    def _locate(cls, partner, place):
        partner.write({"partner_latitude": place[0], "partner_longitude": place[1]})

    @classmethod
    def _visit(cls, start="2026-10-15 14:00:00", user=None, partner=None, **values):
        """Plan a visit as its salesperson."""
        user = user or cls.salesperson
        visits = cls.env["sales.visit"].with_user(user)
        return visits.create(
            {
                "partner_id": (partner or cls.customer_north).id,
                "start": datetime.fromisoformat(start),
                "duration": 1,
                **values,
            }
        )

    @classmethod
    def _hold(cls, visit, result="They want an offer"):
        """Check in at the customer, check out, and report."""
        cls._check_in(visit)
        visit.check_out(cls._reading(HERE))
        visit.result = result
        visit.action_done()
        return visit

    @classmethod
    def _check_in(cls, visit, place=HERE, accuracy=10):
        return visit.check_in(cls._reading(place, accuracy))

    @staticmethod
    def _reading(place, accuracy=10):
        return {
            "latitude": place[0],
            "longitude": place[1],
            "accuracy": accuracy,
        }

    def _answer(self, visit, action, **values):
        """Answer the question that a check-in asks."""
        self.assertTrue(action, "nothing was asked")
        wizard = self.env[action["res_model"]].with_user(visit.env.user)
        wizard = wizard.browse(action["res_id"])
        wizard.write(values)
        wizard.action_confirm()

    def _assert_check(self, write):
        """Try to write what a constraint of the database refuses."""
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            write()
            self.env.flush_all()

    def _place(self, visit, moment="in"):
        return visit.sudo().place_ids.filtered(lambda place: place.moment == moment)

    def _contacts(self, partner=None):
        return self.env["sales.contact"].search(
            [("partner_id", "=", (partner or self.customer_north).id)]
        )

    def _to_dos(self, visit):
        return visit.sudo().activity_ids
