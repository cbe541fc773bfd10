# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
def post_init_hook(env):
    """Attribute existing facts to their projects."""
    env["sales.mart"]._refresh()


def uninstall_hook(env):
    """Delete the to-dos of milestones, which have none without this add-on."""
    to_dos = env["mail.activity"].with_context(active_test=False)
    to_dos.search([("res_model", "=", "project.milestone")]).unlink()
