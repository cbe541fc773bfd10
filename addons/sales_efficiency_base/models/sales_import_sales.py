# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter, defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..engine import HistoryWriter
from ..tools import Period, open_records


class SalesImportSales(models.AbstractModel):
    """Past sales: one a row, or a matrix of months × people or product lines."""

    _name = "sales.import.sales"
    _inherit = "sales.import.subject"
    _description = "Import of Past Sales"
    _code = "sales"
    _target = "sales.history.line"
    _field_names = (
        "date",
        "amount",
        "name",
        "user_id",
        "partner_id",
        "product_id",
        "categ_id",
        "team_id",
        "region_id",
        "channel_id",
        "quantity",
        "margin",
        "cost",
        "recorded_as",
    )
    _required = ("date", "amount")
    _money = ("amount", "margin", "cost")
    _names_as_columns = ("user_id", "categ_id", "product_id", "team_id", "region_id")

    def _get_day(self, month):
        """A figure of a month counts on its last day."""
        return Period.month(month).end

    # ------------------------------------------------------------------
    # What is there already
    # ------------------------------------------------------------------

    def _find_existing(self, draft):
        """A row is there already if its reference and customer are, or, without
        reference, if its day, people, products and amount are."""
        lines = self._get_product_lines(draft)
        keys = [self._get_key(draft, row.values, lines) for row in draft.rows]
        present = self._fetch_present(draft)
        left = {key: len(ids) for key, ids in present.items()}
        for number, key in enumerate(keys):
            if key not in left or not (key[0] or left[key]):
                continue
            draft.existing.add(number)
            left[key] -= 1
        wanted = Counter(keys[number] for number in draft.existing)
        # An order is replaced as a whole; of equal sales only as many as the file has.
        draft.replaced_ids = [
            id_
            for key, count in wanted.items()
            for id_ in (present[key] if key[0] else sorted(present[key])[:count])
        ]

    def _get_product_lines(self, draft):
        """:return: dict id of a product in the file -> id of its product line, which
        sales take from it, if the file has a column of product lines"""
        if "categ_id" not in draft.columns:
            return {}
        ids = {draft.get_id("product_id", text) for text in draft.names["product_id"]}
        products = self.env["product.product"].browse(
            id_ for id_ in ids if id_ and isinstance(id_, int)
        )
        return {product.id: product.categ_id.id for product in products}

    def _get_key(self, draft, values, lines):
        def get_id(name):
            return draft.get_id(name, values.get(name)) or None

        if values.get("name"):
            return values["name"], get_id("partner_id")
        product = get_id("product_id")
        names = get_id("user_id"), get_id("partner_id"), product
        line = get_id("categ_id") or lines.get(product)
        amount = self.env.company.currency_id.round(values.get("amount") or 0.0)
        return None, values.get("date"), *names, line, amount

    def _fetch_present(self, draft):
        """:return: dict key -> ids of the lines that a row of the file may repeat"""
        days = [row.values["date"] for row in draft.rows if row.values.get("date")]
        names = {row.values.get("name") for row in draft.rows} - {None}
        lines = self.env[self._target]
        lines.flush_model()
        query = lines._search([("company_id", "=", self.env.company.id)])
        query.add_where(
            SQL(
                "(name = ANY(%s) OR name IS NULL AND date BETWEEN %s AND %s)",
                list(names),
                min(days, default=None),
                max(days, default=None),
            )
        )
        columns = [
            *("name", "date", "user_id", "partner_id", "product_id", "categ_id"),
            *("amount", "id"),
        ]
        is_line_given = any("categ_id" in row.values for row in draft.rows[:1])
        present = defaultdict(list)
        for row in self.env.execute_query(
            query.select(*(SQL.identifier(query.table, name) for name in columns))
        ):
            name, day, user, partner, product, categ, amount, id_ = row
            if name:
                key = (name, partner)
            else:
                # Lines take a product line from their product.
                categ = categ if is_line_given else None
                amount = self.env.company.currency_id.round(float(amount))
                key = (None, day, user, partner, product, categ, amount)
            present[key].append(id_)
        return present

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _save(self, draft, tell):
        record, rows = draft.record, draft.get_new_rows()
        if record.on_existing == "replace" and draft.replaced_ids:
            record._set_aside(self.env[self._target].browse(draft.replaced_ids))
        HistoryWriter(self.env).save(
            [self._prepare_line(draft, row.values) for row in rows], record, tell
        )
        return len(rows)

    def _prepare_line(self, draft, values):
        fields = draft.fields
        line = {
            name: draft.get_id(name, value) if fields[name].kind == "record" else value
            for name, value in values.items()
            if value is not None
        }
        cost = line.pop("cost", None)
        if cost is not None:
            line.setdefault("margin", line["amount"] - cost)
        # Figures that the file gives are known, 0 too.
        line["is_margin_known"] = "margin" in line
        return line

    def _undo(self, record):
        # Nothing else of thousands of lines needs to be read.
        lines = self.env[self._target].search_fetch(
            [("import_id", "=", record.id)],
            ["create_date", "date", "name", "write_date"],
        )
        # Odoo stamps both with the start of the transaction.
        if changed := lines.filtered(lambda line: line.write_date > line.create_date):
            raise UserError(
                self.env._(
                    "Past sales of this import that have been changed since:"
                    " %(count)s, the first of %(day)s. Take these changes back, or"
                    " delete the lines in the sales history.",
                    count=len(changed),
                    day=format_date(self.env, changed[0].date),
                )
            )
        lines.unlink()

    def _after_put_back(self, records):
        """Lines of the same order may have been added meanwhile."""
        records._group_by_document(records.mapped("name"))

    def _get_action(self, record):
        return open_records(
            self.env,
            "sales_efficiency_base.sales_history_line_action",
            [("import_id", "=", record.id)],
        )
