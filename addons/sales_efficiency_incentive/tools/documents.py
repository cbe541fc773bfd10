# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array


def select_documents(documents):
    """Return the SELECT of documents.

    :param documents: pairs of source and id of a document
    """
    documents = list(documents)
    return SQL(
        "SELECT * FROM unnest(%s::text[], %s::int[]) AS document (source, res_id)",
        to_array(source for source, _id in documents),
        to_array(id_ for _source, id_ in documents),
    )
