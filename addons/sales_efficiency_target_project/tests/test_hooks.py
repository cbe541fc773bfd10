# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestHooks(TransactionCase):
    def test_no_to_do_is_left_on_milestones(self):
        """Without this add-on nobody could complete it, or delete the milestone."""
        project = self.env["project.project"].create({"name": "Metro"})
        milestone = self.env["project.milestone"].create(
            {"name": "Survey", "project_id": project.id}
        )
        to_dos = milestone.activity_schedule("mail.mail_activity_data_todo")
        to_dos |= milestone.activity_schedule("mail.mail_activity_data_todo")
        to_dos[0].action_done()
        other = project.activity_schedule("mail.mail_activity_data_todo")
        uninstall_hook(self.env)
        self.assertFalse(to_dos.exists())
        self.assertTrue(other.exists())
