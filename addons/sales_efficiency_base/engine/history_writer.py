# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL, float_round, split_every

from ..tools import to_array
from . import bulk_create

BATCH = 5000


class HistoryWriter:
    """Saves lines of the sales history, 100,000 in a few seconds.

    The ORM creates one line for each record that is named, so that it checks the rights
    to it and whether it fits the company; the other lines of these records follow by
    plain SQL.
    """

    def __init__(self, env):
        self.env = env
        self.lines = env["sales.history.line"]
        self.company = env.company
        names = (*env["sales.import.sales"]._field_names, "is_margin_known")
        self.columns = {
            name: field for name in names if (field := self.lines._fields[name]).store
        }

    def save(self, rows, record, tell):
        """Create a line of each row.

        :param rows: list of values by field
        :param record: ``sales.import`` that the lines come from
        :param tell: function of the number of lines created so far
        """
        self.lines.check_access("create")
        common = {"company_id": self.company.id}
        self._propose(rows)
        first, others = self._split(rows)
        done = 0
        for batch in split_every(1000, first):
            lines = self.lines.create([{**row, **common} for row in batch])
            # sudo: users cannot write the origin of a line.
            lines.sudo().import_id = record
            done += len(batch)
            tell(done)
            self.env.invalidate_all()
        for batch in split_every(BATCH, others):
            self._insert(batch, record)
            done += len(batch)
            tell(done)
        self.lines._group_by_document({row.get("name") for row in rows})
        self.lines.invalidate_model()

    def _split(self, rows):
        """:return: rows that name a record for the first time, all others"""
        if not bulk_create.IS_USED:
            return rows, []
        seen, first, others = set(), [], []
        names = [n for n, field in self.columns.items() if field.type == "many2one"]
        for row in rows:
            keys = {(name, row[name]) for name in names if row.get(name)}
            (others if keys <= seen and seen else first).append(row)
            seen |= keys
        return first, others

    def _propose(self, rows):
        """Fill what the salesperson, the customer and the product propose."""
        for name, source in self._get_proposals().items():
            missing = [row for row in rows if row.get(source) and not row.get(name)]
            proposed = {}
            ids = {row[source] for row in missing}
            # One query for all of them
            comodel = self.env[self.lines._fields[source].comodel_name]
            comodel.browse(ids).mapped("create_date")
            for id_ in ids:
                line = self.lines.new({source: id_, "company_id": self.company.id})
                proposed[id_] = line[name].id
            for row in missing:
                if proposed[row[source]]:
                    row[name] = proposed[row[source]]

    def _get_proposals(self):
        """:return: dict name of a computed field -> the record that proposes it"""
        return {
            name: source
            for name, field in self.columns.items()
            if field.type == "many2one" and field.compute
            for source in self.lines.pool.field_depends[field]
            if source in self.columns
        }

    def _insert(self, rows, record):
        columns = [
            SQL("%s::%s[]", self._get_values(rows, name), SQL(field.column_type[1]))
            for name, field in self.columns.items()
        ]
        names = SQL(", ").join(map(SQL.identifier, self.columns))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_history_line (%(names)s, company_id, import_id,
                       create_uid, write_uid, create_date, write_date)
                SELECT row.*, %(company)s, %(import)s, %(uid)s, %(uid)s, %(now)s,
                       %(now)s
                  FROM unnest(%(columns)s) AS row (%(names)s)
                """,
                **{"import": record.id},
                names=names,
                columns=SQL(", ").join(columns),
                company=self.company.id,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )

    def _get_values(self, rows, name):
        convert = getattr(self, f"_convert_{name}", lambda value: value or None)
        values = [convert(row.get(name)) for row in rows]
        is_text = self.columns[name].type in ("char", "selection")
        return values if is_text else to_array(values)

    def _convert_amount(self, value):
        return self.company.currency_id.round(value or 0.0)

    def _convert_margin(self, value):
        return None if value is None else self.company.currency_id.round(value)

    def _convert_is_margin_known(self, value):
        return bool(value)

    def _convert_quantity(self, value):
        if value is None:
            return None
        _precision, digits = self.lines._fields["quantity"].get_digits(self.env)
        return float_round(value, precision_digits=digits)

    def _convert_recorded_as(self, value):
        return value or "sale"
