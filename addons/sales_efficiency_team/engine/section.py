# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import formatLang


class Section:
    """A part of *My Development* or of the team board.

    A part of the add-on extends this class in a file of its own and lists it in
    ``_get_sections`` of ``sales.development`` or ``sales.team.board``. The client has a
    component for each ``kind``, see ``sections/section.js``.

    The number of queries must not depend on that of people or records.

    :param page: what the sections share: ``env``, ``company``, ``today``, ..., see
        :class:`.Person` and :class:`.Board`
    """

    #: name of the section
    key = None
    #: component of the client
    kind = None
    #: external id of the action that shows all
    action = None
    #: view of that action to open first; by default its own first one
    view_type = False

    def __init__(self, page):
        self.page = page
        self.env = page.env

    def is_visible(self):
        """Return whether the section concerns the user."""
        return True

    def get_title(self):
        """:return: heading of the section"""
        raise NotImplementedError

    def get_data(self):
        """:return: JSON-serializable data for the component"""
        raise NotImplementedError

    def describe(self):
        """:return: what the client gets"""
        return {
            "key": self.key,
            "kind": self.kind,
            "title": self.get_title(),
            "action": self.action or False,
            "view_type": self.view_type,
            "domain": False,
            "note": False,
            **self.get_data(),
        }

    # ------------------------------------------------------------------
    # Texts
    # ------------------------------------------------------------------

    def format_percent(self, value):
        """:return: a percentage as everywhere on our screens; a dash for None"""
        if value is None:
            return "–"
        return f"{formatLang(self.env, value, digits=1)} %"

    def format_money(self, amount):
        """:return: an amount in the currency of the company"""
        currency = self.page.company.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    def describe_status(self, kind, record, name):
        """Return the status of a record, for a badge in its colour.

        :param str kind: see ``sales.status.color``
        :param str name: name of a selection field
        """
        labels = dict(record._fields[name]._description_selection(self.env))
        return {"kind": kind, "value": record[name], "name": labels[record[name]]}


class ListSection(Section):
    """A list of what there is, or is to be done. The first rows are shown.

    A row has an ``id`` and a ``name``; and may have ``detail``, ``figure``,
    ``progress`` (a percentage), ``status`` (see ``describe_status``), ``bar`` (another
    status, for the colour of the progress), and ``action`` (instead of that of the
    section, or False).
    """

    kind = "list"
    length = 8

    def get_data(self):
        count = self.get_count()
        return {
            "count": count,
            "rows": self.get_rows() if count else [],
            "empty": self.get_empty(),
            "domain": list(self.get_domain()) or False,
        }

    def get_count(self):
        """:return: how many rows there are in all"""
        raise NotImplementedError

    def get_rows(self):
        """:return: the first rows"""
        raise NotImplementedError

    def get_domain(self):
        """:return: domain of the records that the action shows; empty: its own"""
        return []

    def get_empty(self):
        """:return: text in place of rows"""
        raise NotImplementedError


class ChartSection(Section):
    """A chart. Its data are ``type`` (bar, line or scatter), ``labels``, ``datasets``
    of ``label`` and ``data``, and may have ``stacked``, ``unit``, and titles of axes
    ``x_title`` and ``y_title``."""

    kind = "chart"
