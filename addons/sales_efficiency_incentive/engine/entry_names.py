# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array


class EntryNames:
    """Texts of documents, customers and products for entries, as they are today.

    What is deleted keeps the text of its earlier entries.

    :param env: environment that may read everything, in the language of the company
    """

    def __init__(self, env):
        self.env = env

    def read_documents(self, documents):
        """:return: dict (source, id) → text"""
        names = {}
        by_model = {}
        models = self.env["sales.incentive.entry"]._get_document_models()
        for source, id_ in documents:
            by_model.setdefault(models.get(source), {}).setdefault(id_, []).append(
                source
            )
        for model, sources in by_model.items():
            found = self._read(model, sources) if model else {}
            for id_, name in found.items():
                names.update(dict.fromkeys(((s, id_) for s in sources[id_]), name))
        missing = set(documents) - names.keys()
        if missing:
            rows = self._read_earlier(("source", "res_id"), "document_name", missing)
            names |= {(source, id_): name for source, id_, name in rows}
        return names

    def read_customers(self, ids):
        """:return: dict id → text"""
        return self._read_or_earlier("res.partner", ids, "customer_id", "customer")

    def read_products(self, ids):
        """:return: dict id → text"""
        if not ids:
            return {}
        # Nothing but what names them is read.
        products = self.env["product.product"].with_context(active_test=False)
        products = products.search_fetch(
            [("id", "in", list(ids))],
            ["display_name", "product_template_attribute_value_ids"],
            order="id",
        )
        products.product_tmpl_id.fetch(["name"])
        names = {product.id: product.display_name for product in products}
        return names | self._get_earlier(ids - names.keys(), "product_id", "product")

    def _read_or_earlier(self, model, ids, key, column):
        names = self._read(model, ids)
        return names | self._get_earlier(set(ids) - names.keys(), key, column)

    def _get_earlier(self, ids, key, column):
        if not ids:
            return {}
        return dict(self._read_earlier((key,), column, [(id_,) for id_ in ids]))

    def _read(self, model, ids):
        """Read names from the column that holds them, if they are stored."""
        records = self.env[model]
        field = records._fields.get(records._rec_name)
        if not ids or not (field and field.store and field.column_type):
            return {record.id: record.display_name for record in records.browse(ids)}
        query = records._as_query()
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM %s WHERE id = ANY(%s::int[])",
                    records._field_to_sql(records._table, field.name, query),
                    SQL.identifier(records._table),
                    to_array(ids),
                )
            )
        )

    def _read_earlier(self, keys, column, values):
        types = {"source": "text"}
        columns = zip(*values, strict=True)
        return self.env.execute_query(
            SQL(
                """
                SELECT %(keys)s, MAX(%(column)s) FROM sales_incentive_entry
                 WHERE (%(keys)s) IN (SELECT * FROM unnest(%(values)s))
                 GROUP BY %(keys)s
                """,
                keys=SQL(", ").join(map(SQL.identifier, keys)),
                column=SQL.identifier(column),
                values=SQL(", ").join(
                    SQL("%s::%s[]", to_array(part), SQL(types.get(key, "int")))
                    for key, part in zip(keys, columns, strict=True)
                ),
            )
        )
