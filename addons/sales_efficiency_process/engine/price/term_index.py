# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .floor_index import read_ancestors


class TermIndex:
    """After-sales terms of a company in one language, by product line. It is kept in
    memory, so that confirming an order costs no query for them."""

    def __init__(self, terms):
        """:param terms: ``sales.quotation.term`` of one company"""
        self._terms = {
            term.categ_id.id: (term.name, term.content or "") for term in terms
        }
        self._categories = read_ancestors(terms.env, "product.category")

    def find(self, categ_id):
        """Find the terms of the nearest product line above a product.

        :return: title and content, or None
        """
        for id_ in (*self._categories.get(categ_id, ()), False):
            if id_ in self._terms:
                return self._terms[id_]
        return None
