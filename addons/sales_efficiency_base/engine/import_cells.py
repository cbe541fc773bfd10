# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import lru_cache

from . import importing
from .import_terms import READ_KINDS
from .name_finder import get_key

# Cells of a column whose values are kept
CACHED = 10_000
# Longer texts are remarks. Indexes, by which they are found again, cannot hold them.
MOST_LETTERS = 500


class ImportCells:
    """Reads the cells of a file as values of a field, within the limits of the field.

    :param file: :class:`.ImportFile`
    """

    def __init__(self, file):
        self.env, self.file = file.env, file

    def get_reader(self, field, name, factor):
        """:return: function of a cell that is not empty"""
        reader = self._get_reader(field, name, factor)
        # Most columns say few things in many rows. 1 is not 1.0: it may be a code.
        return lru_cache(maxsize=CACHED, typed=True)(reader)

    def _get_reader(self, field, name, factor):
        if field.kind in READ_KINDS:
            return self._get_typed_reader(field, self.file.get_reading(name), factor)
        if field.kind == "choice":
            return self._get_choice_reader(field)
        return self._read_text

    def _read_text(self, cell):
        text = self.file.get_text(cell)
        if len(text) > MOST_LETTERS:
            raise importing.BadCell(
                self.env._("The text is longer than %s letters.", MOST_LETTERS)
            )
        return text

    def _get_typed_reader(self, field, reading, factor):
        read = reading.read
        if field.name == self.file.subject._day and reading.kind == "month":

            def read(cell):
                month = reading.read(cell)
                return month and self.file.subject._get_day(month)

        records = self.env[field.field.model_name]
        subject = self.file.subject
        is_money = field.name in subject._money
        is_multiplied = is_money and subject._is_money_only
        currency = self.file.record.company_id.currency_id

        def read_within_limits(cell):
            if is_money:
                self._check_currency(cell)
            value = read(cell)
            if value is not None and is_multiplied:
                # as it is saved, so that the preview adds up to what is saved
                value = currency.round(value * factor)
            if value is not None and not records._is_sales_value(field.field, value):
                raise importing.BadCell(
                    records._explain_sales_input(field.field, value)
                )
            return value

        return read_within_limits

    def _check_currency(self, cell):
        """
        :raise BadCell: if the cell names another currency than that of the company
        """
        if isinstance(cell, str) and (foreign := self.file.find_foreign(cell)):
            raise importing.BadCell(self.file.explain_currency(foreign))

    def _get_choice_reader(self, field):
        languages = self.env["res.lang"].get_installed()
        values = {}
        for lang in ("en_US", *(code for code, _name in languages)):
            env = self.env(context={"lang": lang})
            for value, label in field.field._description_selection(env):
                values |= {get_key(label): value, value: value}

        def read(cell):
            text = self.file.get_text(cell)
            if (value := values.get(get_key(text))) is None:
                labels = dict(field.field._description_selection(self.env))
                raise importing.BadCell(
                    self.env._(
                        "%(text)s is none of: %(choices)s.",
                        text=text,
                        choices=", ".join(labels.values()),
                    )
                )
            return value

        return read
