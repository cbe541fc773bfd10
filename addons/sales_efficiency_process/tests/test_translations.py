# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

import polib

from odoo.modules import Manifest
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests import translations


@tagged("post_install", "-at_install")
class TestTranslations(translations.TranslationsCommon):
    addon = "sales_efficiency_process"

    def test_every_word_of_agreements_is_chinese(self):
        """``i18n_extra`` adds the terms missing from ``agreement``, in its own code,
        too."""
        theirs = Manifest.for_addon("agreement").path
        ours = Manifest.for_addon(self.addon).path
        template = polib.pofile(Path(theirs, "i18n", "agreement.pot"))
        for language in self.languages:
            extra = polib.pofile(Path(ours, "i18n_extra", f"{language}.po"))
            known = {entry.msgid for entry in extra if entry.translated()}
            with self.subTest(language=language):
                self.assertLessEqual({entry.msgid for entry in template}, known)
            self.env["res.lang"]._activate_lang(language)
            agreements = self.env["agreement"].with_context(lang=language)
            for _value, label in agreements._domain_selection():
                with self.subTest(language=language, label=label):
                    self.assertRegex(label, r"^[一-鿿]+$")
