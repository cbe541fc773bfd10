# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
def post_init_hook(env):
    """Tell of which projects the figures are that are there already."""
    env["sales.mart"]._refresh()


def uninstall_hook(env):
    """Leave no to-do on milestones, which have none without this add-on."""
    to_dos = env["mail.activity"].with_context(active_test=False)
    to_dos.search([("res_model", "=", "project.milestone")]).unlink()
