# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give the company of a new database its country, currency, time zone and language.

Run by ``odoo shell``; config/prepare sets ODOO_LANGUAGE and ODOO_COUNTRY.
"""

import os
import sys

import pytz


def set_country(env, code):
    country = env["res.country"].search([("code", "=", code)])
    if not country:
        sys.exit(f"error: no country has the code {code}")
    country.currency_id.active = True
    env.company.write({"country_id": country.id, "currency_id": country.currency_id.id})
    zones = pytz.country_timezones.get(code, [])
    if len(zones) == 1:
        env["res.users"].with_context(active_test=False).search([]).tz = zones[0]


def set_language(env, code):
    language = (
        env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
    )
    if not language:
        sys.exit(f"error: Odoo knows no language {code}")
    if not language.active:
        env["base.language.install"].create({"lang_ids": language.ids}).lang_install()
    env["res.partner"].with_context(active_test=False).search([]).lang = code


def settle(env):
    set_language(env, os.environ["ODOO_LANGUAGE"])
    if code := os.environ["ODOO_COUNTRY"].upper():
        set_country(env, code)
    env.cr.commit()


settle(env)  # noqa: F821  (a name of the shell)
