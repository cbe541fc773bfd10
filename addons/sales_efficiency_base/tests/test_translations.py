# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from pathlib import Path

import polib

from odoo.modules import Manifest
from odoo.tests import tagged

from . import translations


@tagged("post_install", "-at_install")
class TestTranslations(translations.TranslationsCommon):
    addon = "sales_efficiency_base"

    def test_approval_rules_speak_chinese(self):
        """``i18n_extra`` adds the terms missing from ``base_tier_validation``."""
        for language in self.languages:
            self.env["res.lang"]._activate_lang(language)
            self.env["ir.module.module"]._load_module_terms(
                ["base_tier_validation", self.addon], [language]
            )
            rules = self.env["tier.definition"].with_context(lang=language)
            labels = {
                field["string"]
                for field in rules.fields_get(attributes=["string"]).values()
            }
            english = {label for label in labels if not re.search(r"[一-鿿]", label)}
            with self.subTest(language=language):
                self.assertLessEqual(english, {"ID"})

    def test_code_of_approvals_speaks_chinese(self):
        """Odoo looks for words of Python code only in the add-on that has it."""
        for language in self.languages:
            self.env["res.lang"]._activate_lang(language)
            rules = self.env["tier.definition"].with_context(lang=language)
            with self.subTest(language=language):
                name = rules.default_get(["name"])["name"]
                self.assertRegex(name, r"^[一-鿿]+$")

    def test_every_word_of_approvals_is_chinese(self):
        """Those of the client and of messages, too, from either add-on."""
        theirs = Manifest.for_addon("base_tier_validation").path
        ours = Manifest.for_addon(self.addon).path
        template = polib.pofile(Path(theirs, "i18n", "base_tier_validation.pot"))
        for language in self.languages:
            paths = (
                Path(theirs, "i18n", f"{language}.po"),
                Path(ours, "i18n_extra", f"{language}.po"),
            )
            known = {
                (entry.msgid, place)
                for path in paths
                if path.exists()
                for entry in polib.pofile(path)
                if entry.translated()
                for place, _line in entry.occurrences
            }
            missing = {
                entry.msgid
                for entry in template
                for place, _line in entry.occurrences
                if (entry.msgid, place) not in known
            }
            with self.subTest(language=language):
                self.assertLessEqual(missing, {"ID"})
