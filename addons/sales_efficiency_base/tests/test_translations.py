# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re

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
