# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


class SalesTeamCommon(SalesTargetCommon):
    """Employees of the salesperson, a colleague and the leader, and users of HR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create(
            {"name": "Sales Representative", "company_id": cls.company.id}
        )
        cls.hr_user = cls._create_login("hr_user", "hr.group_hr_user")
        cls.hr_manager = cls._create_login("hr_manager", "hr.group_hr_manager")
        users = cls.director + cls.leader + cls.salesperson + cls.colleague
        cls.head, cls.superior, cls.employee, cls.peer = cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "job_id": cls.job.id,
                }
                for user in users
            ]
        )
        cls.superior.parent_id = cls.head
        (cls.employee + cls.peer).parent_id = cls.superior

    @classmethod
    def _create_login(cls, login, group):
        return new_test_user(
            cls.env,
            login=f"test_{login}",
            name=f"Test {login.replace('_', ' ').title()}",
            groups=group,
            company_id=cls.company.id,
            tz="UTC",
        )
