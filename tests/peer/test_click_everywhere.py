# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo's robot clicks through every menu, view and filter of the suite.

It runs on the demo company, as the administrator and as each role, in English and in
Chinese.
"""

from odoo.tests import HttpCase, new_test_user, tagged

CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('{menu}');"
)


@tagged("post_install", "-at_install")
class TestClickEverywhere(HttpCase):
    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chinese = cls.env["res.lang"]._activate_lang("zh_TW")
        cls.env["ir.module.module"].search(
            [("state", "=", "installed")]
        )._update_translations(["zh_TW"])
        privileges = cls.env["ir.model.data"].search(
            [
                ("module", "=like", "sales\\_efficiency%"),
                ("model", "=", "res.groups.privilege"),
            ]
        )
        roles = cls.env["res.groups"].search(
            [("privilege_id", "in", privileges.mapped("res_id"))]
        )
        cls.users = cls.env.ref("base.user_admin")
        for role in roles:
            cls.users |= new_test_user(
                cls.env,
                login=f"clicks {role.name}",
                groups=f"base.group_user,{role.get_external_id()[role.id]}",
            )
        # The welcome tours would point at things while the robot clicks.
        cls.users.tour_enabled = False

    def click_everywhere(self, language):
        for user in self.users:
            user.lang = language
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            apps = [menus[app] for app in menus["root"]["children"]]
            apps = [app for app in apps if app["xmlid"].startswith("sales_efficiency")]
            self.assertTrue(apps, f"{user.name} sees no app of the suite")
            for app in apps:
                with self.subTest(user=user.name, app=app["name"]):
                    self.browser_js(
                        "/odoo",
                        CLICK.format(menu=app["xmlid"]),
                        "odoo.isReady === true",
                        login=user.login,
                        timeout=1200,
                        success_signal="clickbot test succeeded",
                    )

    def test_english(self):
        self.click_everywhere("en_US")

    def test_chinese(self):
        self.click_everywhere("zh_TW")
