# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo import models
from odoo.tools import format_amount, format_date


@dataclass(frozen=True, slots=True)
class BriefColumn:
    """A column of a section.

    :param is_number: whether it is aligned to the right
    """

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class BriefRow:
    """A row of a section.

    :param cells: texts, as the reader sees them
    :param record: what the row opens
    :param is_alarming: whether the salesperson must know it before they go
    """

    cells: list
    record: models.Model | None = None
    is_alarming: bool = False


class BriefSection:
    """A part of the brief of a visit (policy 3.1.3).

    An add-on extends this class and lists it in ``_get_brief_sections`` of
    ``sales.visit``. It shows what the reader may read, in a fixed number of queries.

    :param visit: ``sales.visit``, in the environment of the reader
    """

    #: name of the section in the client
    key = None
    #: rows shown
    limit = 5

    def __init__(self, visit):
        self.visit = visit
        self.company = visit.company_id
        self.env = visit.with_company(visit.company_id).env
        self.customer = visit.partner_id.with_env(self.env)
        self.today = self.company._get_sales_today()

    def get_title(self):
        """:return: the title, in the language of the reader"""
        raise NotImplementedError

    def get_columns(self):
        """:return: list of :class:`BriefColumn`"""
        return []

    def get_rows(self):
        """:return: list of :class:`BriefRow`; without rows or note it is hidden"""
        return []

    def get_note(self):
        """:return: a sentence below the title, or an empty text"""
        return ""

    def describe(self):
        """:return: the section as JSON, or None if it has nothing to say"""
        rows, note = self.get_rows(), self.get_note()
        if not rows and not note:
            return None
        return {
            "key": self.key,
            "title": self.get_title(),
            "note": note,
            "columns": [
                {"label": column.label, "is_number": column.is_number}
                for column in self.get_columns()
            ],
            "rows": [
                {
                    "cells": [cell or "" for cell in row.cells],
                    "model": row.record._name if row.record else False,
                    "id": row.record.id if row.record else False,
                    "is_alarming": row.is_alarming,
                }
                for row in rows
            ],
        }

    # ------------------------------------------------------------------
    # What all sections need
    # ------------------------------------------------------------------

    def money(self, amount, currency=None):
        """:return: an amount as text, by default in the currency of the company"""
        return format_amount(self.env, amount, currency or self.company.currency_id)

    def day(self, date):
        """:return: a day as text"""
        return format_date(self.env, date) if date else ""

    def label(self, record, name):
        """:return: the label of the value of a selection field"""
        labels = dict(record._fields[name]._description_selection(self.env))
        return labels.get(record[name], "")

    def of_customer(self, model, domain, name="partner_id"):
        """Return the documents of the customer and its people that the reader may read.

        :param list domain: restricts them
        :param str name: field with the partner
        """
        records = self.env[model]
        if not records.has_access("read"):
            return records.browse()
        return records.search(
            [
                (f"{name}.commercial_partner_id", "=", self.customer.id),
                ("company_id", "in", (False, self.company.id)),
                *domain,
            ],
            limit=self.limit,
            order=self.get_order(),
        )

    def get_order(self):
        """:return: the order of the documents"""
        return "id DESC"
