# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Set the language of a database: set_language.py DATABASE CODE.

Loads missing translations, and sets the language of the companies and of all internal
users.
"""

import sys

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config


def set_language(env, code):
    """Set the language, and return whether Odoo knows it."""
    env = env(context={"active_test": False})
    language = env["res.lang"].search([("code", "=", code)])
    if not language:
        return False
    if not language.active:
        env["base.language.install"].create({"lang_ids": language.ids}).lang_install()
    users = env["res.users"].search([("share", "=", False)])
    partners = users.partner_id | env["res.company"].search([]).partner_id
    partners.filtered(lambda partner: partner.lang != code).lang = code
    return True


def main(database, code):
    config.parse_config(["--database", database, "--no-http", "--log-level", "warn"])
    with Registry(database).cursor() as cr:
        if not set_language(odoo.api.Environment(cr, odoo.SUPERUSER_ID, {}), code):
            sys.exit(f"error: Odoo knows no language {code}")


if __name__ == "__main__":
    main(*sys.argv[1:])
