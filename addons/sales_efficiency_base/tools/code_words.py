# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from pathlib import Path

from odoo.modules import Manifest
from odoo.tools.misc import ReadonlyDict
from odoo.tools.translate import PYTHON_TRANSLATION_COMMENT, code_translations


def lend_code_words(module, lender):
    """Let Python code of an add-on speak the languages of ``i18n_extra`` of another.

    Odoo imports terms of records and views from ``i18n_extra``, and its client finds
    words of any add-on, but Python code looks only into the files of its own add-on.

    :param str module: the add-on that lacks words
    :param str lender: the add-on that has them
    """
    folder = Path(Manifest.for_addon(lender).path, "i18n_extra")
    for path in folder.glob("*.po"):
        words = code_translations._get_code_translations(
            lender,
            path.stem,
            lambda row: row["value"]
            and row["module"] == module
            and PYTHON_TRANSLATION_COMMENT in row["comments"],
        )
        own = code_translations.get_python_translations(module, path.stem)
        code_translations.python_translations[module, path.stem] = ReadonlyDict(
            {**words, **own}
        )
