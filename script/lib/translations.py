# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Export the terms of add-ons to their i18n folders: translations.py DATABASE ADDON...

The template (.pot) is rewritten. Each language (.po) keeps its translations, gets new
terms untranslated, and loses obsolete terms.
"""

import sys
from pathlib import Path

import polib

import odoo
from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tools import config


def update_addon(env, addon):
    # Importable only after Odoo has read its configuration
    from odoo.addons.sales_efficiency_base.tests.translations import export_terms

    folder = Path(Manifest.for_addon(addon).path, "i18n")
    folder.mkdir(exist_ok=True)
    template = export_terms(env, addon)
    template.save(folder / f"{addon}.pot")
    for path in sorted(folder.glob("*.po")):
        update_language(path, template)


def update_language(path, template):
    language = polib.pofile(path)
    translations = {entry.msgid: entry.msgstr for entry in language}
    language[:] = template
    for entry in language:
        entry.msgstr = translations.get(entry.msgid, "")
    language.save()
    missing = [entry.msgid for entry in language if not entry.msgstr]
    for term in missing:
        print(f"{path.name}: to be translated: {term}")


def main(database, *addons):
    config.parse_config(["--database", database, "--no-http", "--log-level", "warn"])
    with Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        for addon in addons:
            update_addon(env, addon)
        cr.rollback()


if __name__ == "__main__":
    main(*sys.argv[1:])
