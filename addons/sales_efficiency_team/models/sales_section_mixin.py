# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError


class SalesSectionMixin(models.AbstractModel):
    """A page of sections, each about the same people (policy 4).

    The number of queries depends on the sections, not on people or records.
    """

    _name = "sales.section.mixin"
    _description = "Page of Sections"

    @api.model
    @api.readonly
    def get_data(self, **asked):
        """Return the content of the page.

        :param asked: what the user has chosen, by the key of the choice
        :return: dict of ``choices`` and ``sections``, see ``Section.describe``
        """
        self._check_may_open()
        page = self._get_page(asked)
        sections = [section(page) for section in self._get_sections()]
        return {
            **page.describe(),
            "sections": [s.describe() for s in sections if s.is_visible()],
        }

    @api.model
    def _check_may_open(self):
        if not self.env.user._is_internal():
            raise AccessError(self.env._("This page is for employees."))

    @api.model
    def _get_page(self, asked):
        """:return: what the sections share"""
        raise NotImplementedError

    @api.model
    def _get_sections(self):
        """Return the classes of the sections, in order; add-ons add their own.

        :return: list of subclasses of :class:`Section`
        """
        raise NotImplementedError
