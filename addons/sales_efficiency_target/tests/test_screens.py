# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestScreens(screens.ScreensCommon, SalesTargetCommon):
    """Screens with a running plan, of which each role sees a part, and its records."""

    addon = "sales_efficiency_target"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.mine, _other = (
            cls._create_target(parent_id=team.id, user_id=user.id, amount=240_000)
            for user in (cls.salesperson, cls.colleague)
        )
        (cls.root | team).gap_reason = "Reserve"
        with freeze_time("2026-01-02 12:00:00"):
            cls.plan.action_submit()
            cls.plan.action_start()
        cls._create_history((date(2026, 7, 15), 1_000, {"user_id": cls.salesperson.id}))
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)
        cls.env["sales.alert"]._evaluate_rules()
        cls.env["sales.target.adjustment"].with_user(cls.salesperson).create(
            {"target_id": cls.mine.id, "ground": "market", "reason": "A plant closed."}
        )
        cls.env["sales.target.cause"].with_user(cls.salesperson).create(
            {
                "target_id": cls.mine.id,
                "period": "month",
                "date_from": date(2026, 7, 1),
                "date_to": date(2026, 7, 31),
                "kind": "price",
                "cause": "market",
            }
        )
        cls.env["sales.action"].with_user(cls.salesperson).create({"name": "Call"})
