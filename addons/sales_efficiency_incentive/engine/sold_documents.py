# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from ..tools import select_documents
from .linked_returns import LinkedReturns
from .order_returns import OrderReturns


class SoldDocuments:
    """Finds who has earned by documents, and what was given back of them.

    :param env: environment that may read all entries, figures and invoices
    :param company: whose documents they are
    :param date end: later credit notes do not count yet
    :param bool counts_orders: whether anybody earns by orders: otherwise what was given
        back of them is not looked for
    """

    def __init__(self, env, company, end, money, counts_orders=True):
        self.env = env
        self._counts_orders = counts_orders
        self._linked = LinkedReturns(env, company, end, money)
        self._of_orders = OrderReturns(env, company, end, self._linked, money)
        self._given_back = {}

    def find_earners(self, documents):
        """Return the ids of the assignments that have earned by some documents, or by
        what was given back by them.

        :param documents: pairs of source and id of a document
        """
        if not documents:
            return set()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT assignment_id FROM sales_incentive_entry"
                " WHERE (source, res_id) IN (%s)",
                select_documents(self._find_alike(documents)),
            )
        )
        return {id_ for [id_] in rows}

    def _find_alike(self, documents):
        """Return documents by all their sources, and what was given back by them."""
        models = self.env["sales.fact"]._get_document_models()
        alike = {
            (source, id_)
            for changed, id_ in documents
            for source, model in models.items()
            if model == models.get(changed)
        }
        return alike | self.find_given_back(documents)

    def find_given_back(self, documents):
        """Return the invoices and orders that changed credit notes belong to.

        What was invoiced again counts as not given back, so invoices matter to orders.
        """
        asked = frozenset(documents)
        if asked not in self._given_back:
            found = self._linked.find_invoices(asked)
            if self._counts_orders:
                found |= self._of_orders.find(asked)
            self._given_back[asked] = found
        return self._given_back[asked]
