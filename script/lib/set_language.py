"""Show a database in a language: set_language.py DATABASE CODE.

Loads its translations if they are not there, and gives it to the company and to every
internal user.
"""

import sys

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config


def set_language(env, code):
    """Return whether `code` is a language that Odoo knows."""
    language = (
        env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
    )
    if not language:
        return False
    if not language.active:
        install = env["base.language.install"].create({"lang_ids": language.ids})
        install.lang_install()
    users = (
        env["res.users"].with_context(active_test=False).search([("share", "=", False)])
    )
    for partner in users.partner_id | env["res.company"].search([]).partner_id:
        if partner.lang != code:
            partner.lang = code
    return True


def main(database, code):
    config.parse_config(["--database", database, "--no-http", "--log-level", "warn"])
    with Registry(database).cursor() as cr:
        if not set_language(odoo.api.Environment(cr, odoo.SUPERUSER_ID, {}), code):
            sys.exit(f"error: Odoo knows no language {code}")


if __name__ == "__main__":
    main(*sys.argv[1:])
