# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from lxml import etree

from odoo.tests import freeze_time, new_test_user, tagged

from .appraisal_common import SalesAppraisalCommon

VIEWS = {
    "list": "sales_appraisal_view_list_calibration",
    "kanban": "sales_appraisal_view_kanban",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalBoard(SalesAppraisalCommon):
    """The screens of a calibration take as many queries for many people as for few."""

    def _calibrate(self, people, day):
        self.env["crm.team.member"].search([]).active = False
        users = self.env["res.users"].union(
            *(
                new_test_user(
                    self.env,
                    f"board{people}_{number}",
                    groups="sales_efficiency_base.group_sales_person",
                    company_id=self.company.id,
                )
                for number in range(people)
            )
        )
        self.team_field.member_ids = users
        self._create_history(
            *(
                (day, 500 + 10 * number, {"user_id": user.id})
                for number, user in enumerate(users)
            )
        )
        cycle = self._create_cycle(day)
        return self._bring_to(cycle, "calibration")

    def _get_fields(self, kind, name):
        """:return: what the web client asks for to show a view"""
        appraisals = self.env["sales.appraisal"].with_user(self.director)
        view = self.env.ref(f"sales_efficiency_team.{name}")
        arch = appraisals.get_view(view.id, kind)["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        return {
            name: {"fields": {"display_name": {}}}
            if appraisals._fields[name].relational
            else {}
            for name in names
        }

    def _count_queries(self, function):
        self.env.flush_all()
        function()  # fills the caches of the registry
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = function()
        return self.env.cr.sql_log_count - before, found

    def test_the_calibration_board(self):
        few = self._calibrate(3, date(2026, 4, 1))
        many = self._calibrate(30, date(2026, 7, 1))
        for kind, name in VIEWS.items():
            specification = self._get_fields(kind, name)

            def read(cycle, specification=specification):
                appraisals = self.env["sales.appraisal"].with_user(self.director)
                return appraisals.web_search_read(
                    [("cycle_id", "=", cycle.id), ("score", ">", 0)], specification
                )["length"]

            with self.subTest(kind):
                of_few = self._count_queries(lambda: read(few))
                of_many = self._count_queries(lambda: read(many))
                self.assertEqual((of_few[1], of_many[1]), (3, 30))
                self.assertEqual(of_few[0], of_many[0])

    def test_the_form_of_a_cycle(self):
        names = ("appraisal_count", "scored_count", "distribution", "missing_names")
        few = self._calibrate(3, date(2026, 4, 1))
        many = self._calibrate(30, date(2026, 7, 1))
        counts = {
            self._count_queries(
                lambda cycle=cycle: cycle.with_user(self.leader).read(names)
            )[0]
            for cycle in (few, many)
        }
        self.assertEqual(len(counts), 1)
