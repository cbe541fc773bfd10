# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

import polib
from lxml import etree

from odoo.modules import Manifest
from odoo.tests import TransactionCase
from odoo.tools.convert import convert_file
from odoo.tools.translate import trans_export

from ..demo.demo_company import COMPANY

# Parts that a translation must keep: %(name)s, %s, %%, ${expression} and tags
KEPT = re.compile(r"%(?:\(\w+\))?[sdf%]|\$\{[^}]*\}|</?\w+")


def export_terms(env, addon):
    """Return the terms of an add-on as Odoo exports them, including demo data.

    :param env: environment of a database in which the add-on is installed
    :rtype: polib.POFile
    """
    module = env["ir.module.module"].search([("name", "=", addon)])
    if not module.demo:
        _load_demo_records(env, addon)
    buffer = BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    template = polib.pofile(buffer.getvalue().decode())
    _leave_out_siblings(env, module, template)
    # Dates would change the file even if all terms stay the same.
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        del template.metadata[name]
    return template


def _leave_out_siblings(env, module, template):
    """Leave out the fields that a model of a sibling gets from a mixin: whose they are
    depends on which add-on is installed first."""
    below = _find_below(module.name)
    data = env["ir.model.data"].search(
        [("module", "=", module.name), ("model", "=", "ir.model.fields")]
    )
    names = dict(zip(data.mapped("res_id"), data.mapped("complete_name"), strict=True))
    foreign = {
        names[field.id]
        for field in env["ir.model.fields"].browse(names).exists()
        if env[field.model]._original_module not in below
    }
    for entry in list(template):
        entry.occurrences = [
            (place, line)
            for place, line in entry.occurrences
            if place.rpartition(":")[2] not in foreign
        ]
        if not entry.occurrences:
            template.remove(entry)


def _find_below(addon):
    """:return: names of the add-on and of all that it depends on"""
    below, left = {"base"}, [addon]
    while left:
        name = left.pop()
        if name not in below:
            below.add(name)
            left += Manifest.for_addon(name)["depends"]
    return below


def _load_demo_records(env, addon):
    """Load the records of demo files, without documents created by functions: these
    take long and contain nothing to translate."""
    manifest = Manifest.for_addon(addon)
    env = env(su=True, context={"tracking_disable": True})
    if not env.ref(COMPANY, raise_if_not_found=False):
        # A function creates the demo company; any other can stand in for it.
        env["ir.model.data"]._update_xmlids(
            [{"xml_id": COMPANY, "record": env.company, "noupdate": True}]
        )
    for name in manifest["demo"]:
        path = Path(manifest.path, name)
        if path.suffix == ".xml" and etree.parse(path).find(".//function") is not None:
            continue
        convert_file(env, addon, name, idref={}, mode="init", noupdate=True)


class TranslationsCommon(TransactionCase):
    """Checks that the translations of an add-on match its terms.

    An add-on extends this class with its name::

        class TestTranslations(translations.TranslationsCommon):
            addon = "sales_efficiency_target"

    ``script/translations`` writes new terms into the files that are compared here.
    """

    addon = None
    languages = ("zh_CN", "zh_TW")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = Path(Manifest.for_addon(cls.addon).path, "i18n")
        cls.template = polib.pofile(folder / f"{cls.addon}.pot")
        cls.translations = {
            language: polib.pofile(folder / f"{language}.po")
            for language in cls.languages
        }

    def _get_places(self, entries):
        """:return: dict of term -> set of its occurrences"""
        return {entry.msgid: set(entry.occurrences) for entry in entries}

    def _get_record_terms(self, entries):
        """:return: dict of (model, field) -> dict of XML id -> translation"""
        terms = defaultdict(dict)
        for entry in entries:
            for place, _line in entry.occurrences:
                kind, _sep, rest = place.partition(":")
                if kind == "model":
                    field, _sep, xmlid = rest.partition(":")
                    terms[tuple(field.split(","))][xmlid] = entry.msgstr
        return terms

    def _read_shown(self, model, name, language):
        """:return: dict of XML id -> what users of a language see in a field"""
        domain = [("model", "=", model), ("module", "=", self.addon)]
        data = self.env["ir.model.data"].search(domain)
        records = self.env[model].with_context(lang=language, active_test=False)
        records = records.browse(data.mapped("res_id")).exists()
        shown = dict(zip(records.ids, records.mapped(name), strict=True))
        return {d.complete_name: shown[d.res_id] for d in data if d.res_id in shown}

    def test_template_has_the_terms_of_the_code(self):
        terms = export_terms(self.env, self.addon)
        self.assertEqual(self._get_places(self.template), self._get_places(terms))

    def test_each_language_has_the_terms_of_the_template(self):
        places = self._get_places(self.template)
        for language, entries in self.translations.items():
            with self.subTest(language=language):
                self.assertEqual(self._get_places(entries), places)

    def test_each_term_is_translated(self):
        for language, entries in self.translations.items():
            missing = [entry.msgid for entry in entries if not entry.translated()]
            with self.subTest(language=language):
                self.assertEqual(missing, [], "missing or fuzzy")

    def test_translations_keep_placeholders_and_tags(self):
        for language, entries in self.translations.items():
            for entry in entries:
                kept, expected = (
                    Counter(KEPT.findall(text)) for text in (entry.msgstr, entry.msgid)
                )
                with self.subTest(language=language, term=entry.msgid):
                    self.assertEqual(kept, expected)

    def test_translations_are_loaded(self):
        for language, entries in self.translations.items():
            self.env["res.lang"]._activate_lang(language)
            self.env["ir.module.module"]._load_module_terms([self.addon], [language])
            terms = self._get_record_terms(entries)
            self.assertTrue(terms)
            for (model, name), expected in terms.items():
                shown = self._read_shown(model, name, language)
                # Demo data may be missing.
                there = {xmlid: expected[xmlid] for xmlid in expected if xmlid in shown}
                with self.subTest(language=language, model=model, field=name):
                    self.assertEqual({xmlid: shown[xmlid] for xmlid in there}, there)
