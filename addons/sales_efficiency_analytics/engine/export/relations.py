# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL, Query

from .relation import Column, Relation

# Type of a column in PostgreSQL -> in what leaves the house
TYPES = {
    "bool": "boolean",
    "date": "date",
    "float8": "double",
    "int4": "integer",
    "int8": "bigint",
    "numeric": "decimal",
    "timestamp": "timestamp",
    "varchar": "text",
}
# Model -> method of ``MartRelations`` that says whose names may be seen
RESTRICTIONS = {
    "res.company": "_restrict_companies",
    "res.partner": "_restrict_customers",
    "res.users": "_restrict_people",
}
# Of a fact within its source, in an order that does not change
FACT_ORDER = ("date", "event", "res_id", "line_id", "match_id", "credit_id")


class MartRelations:
    """What programs outside of Odoo may read: figures, months, results, and the names
    of what these refer to.

    The export and the views for BI tools are both made of it, so the same statements
    run on either. Columns come from the models: what an add-on adds is there, too.

    Left out are fields that only some groups may see. E-mail addresses in names become
    an asterisk; what people are paid is in none of the models.

    :param env: environment
    :param SQL companies: array of the ids of the companies
    :param SQL language: code of the language of names
    """

    def __init__(self, env, companies, language):
        # sudo: definitions of columns; which rows are read, the companies decide
        self.env = env(su=True)
        self._companies = companies
        self._language = language

    def get_all(self):
        """:return: dict name -> :class:`Relation`, figures first"""
        figures = [self._get_facts(), self._get_cells(), self._get_results()]
        return {r.name: r for r in (*figures, *self._get_named())}

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _get_facts(self):
        measures = self.env["sales.fact"]._get_measures()
        return Relation(
            name="facts",
            columns=self._read_columns("sales.fact", {*measures, "documents"}),
            source=SQL("sales_fact"),
            condition=self._is_of_companies("sales_fact"),
            order=FACT_ORDER,
            day="date",
            has_sources=True,
        )

    def _get_cells(self):
        cells, facts = self.env["sales.fact.cell"], self.env["sales.fact"]
        keys, sums = ("month", *cells._get_keys()), cells._get_sums()
        types = cells._get_columns()
        columns = []
        for name in (*keys, *sums):
            column = SQL.identifier("sales_fact_cell", name)
            field = facts._fields.get(name)
            refers_to = self._get_reference(field)
            if refers_to and name != "company_id":
                # Cells have 0 where figures have nothing.
                column = SQL("NULLIF(%s, 0)", column)
            type_ = "money" if self._is_money(field) else TYPES[types[name].lower()]
            columns.append(Column(name, type_, column, refers_to, name in sums))
        return Relation(
            name="cells",
            columns=tuple(columns),
            source=SQL("sales_fact_cell"),
            condition=self._is_of_companies("sales_fact_cell"),
            order=keys,
            day="month",
            has_sources=True,
        )

    def _get_results(self):
        return Relation(
            name="results",
            columns=self._read_columns("sales.target.result", ()),
            source=SQL("sales_target_result"),
            condition=self._is_of_companies("sales_target_result"),
            order=("target_id", "period", "date_from"),
            day="date_from",
        )

    def _get_fields(self, model):
        """Return the fields of a model that leave the house."""
        return [
            field
            for field in self.env[model]._fields.values()
            if self._is_column(field) and not field.groups and field.name != "id"
        ]

    def _read_columns(self, model, summed):
        table = self.env[model]._table
        return tuple(
            Column(
                field.name,
                "money" if self._is_money(field) else TYPES[field.column_type[0]],
                SQL.identifier(table, field.name),
                self._get_reference(field),
                field.name in summed,
            )
            for field in self._get_fields(model)
        )

    @staticmethod
    def _is_money(field):
        return bool(field) and field.type == "monetary"

    def _is_of_companies(self, table, name="company_id"):
        return SQL("%s = ANY(%s)", SQL.identifier(table, name), self._companies)

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    def _get_reference(self, field):
        """Return the name of the relation with the names of a field's records."""
        if not field or field.type != "many2one":
            return None
        return self._name(field.comodel_name) if self._has_name(field) else None

    @staticmethod
    def _name(model):
        """
        >>> MartRelations._name("product.category"), MartRelations._name("res.users")
        ('category', 'users')
        """
        return "_".join(model.split(".")[1:]) or model

    def _has_name(self, field):
        model = self.env[field.comodel_name]
        name = model._fields.get("name")
        return bool(name) and bool(name.store or name.inherited)

    def _get_named(self):
        """Yield the relations of the records that figures and results refer to."""
        models = {
            field.comodel_name
            for model in ("sales.fact", "sales.target.result")
            for field in self._get_fields(model)
            if self._get_reference(field)
        }
        for model in sorted(models):
            yield self._get_names(self.env[model])

    def _get_names(self, model):
        query = Query(self.env, model._table, SQL.identifier(model._table))
        columns = [
            Column("id", "integer", SQL.identifier(model._table, "id")),
            Column("name", "text", self._sql_name(model, query)),
        ]
        for name in ("code", "unit", "company_id", "active", model._parent_name):
            field = model._fields.get(name)
            if self._is_column(field) and not field.groups:
                columns.append(
                    Column(
                        "parent_id" if name == model._parent_name else name,
                        TYPES[field.column_type[0]],
                        SQL.identifier(model._table, name),
                        self._get_reference(field),
                    )
                )
        # Before the source: both may join further tables.
        condition = self._restrict(model, query)
        return Relation(
            name=self._name(model._name),
            columns=tuple(columns),
            source=query.from_clause,
            condition=condition,
            order=("id",),
        )

    @staticmethod
    def _is_column(field):
        return bool(
            field
            and field.store
            and field.column_type
            and field.column_type[0] in TYPES
        )

    @staticmethod
    def _follow(model, name, query):
        """Return the stored field that a field is, and the alias of its table."""
        field, alias = model._fields[name], model._table
        while field.related and not field.store:
            model, field, alias = model._traverse_related_sql(alias, field, query)
        return field, alias

    def _sql_name(self, model, query):
        """Return the SQL of names, without e-mail addresses."""
        field, alias = self._follow(model, "name", query)
        name = SQL.identifier(alias, field.name)
        if field.translate:
            name = SQL(
                "COALESCE(%(name)s->>%(lang)s, %(name)s->>'en_US')",
                name=name,
                lang=self._language,
            )
        return SQL("regexp_replace(%s, %s, '*', 'g')", name, r"\S+@\S+")

    def _restrict(self, model, query):
        """Return the condition on records whose names may be seen.

        Of contacts and people, only those that the companies have to do with: others
        are no business of a reader of their figures.
        """
        if method := RESTRICTIONS.get(model._name):
            return getattr(self, method)(model._table)
        if "company_id" not in model._fields:
            return SQL("TRUE")
        field, alias = self._follow(model, "company_id", query)
        if not self._is_column(field):
            # Nobody can say whose records these are.
            return SQL("FALSE")
        column = SQL.identifier(alias, field.name)
        return SQL("(%s IS NULL OR %s = ANY(%s))", column, column, self._companies)

    def _restrict_companies(self, table):
        return self._is_of_companies(table, "id")

    def _restrict_customers(self, table):
        return SQL(
            "EXISTS (SELECT FROM sales_fact WHERE sales_fact.partner_id = %s AND %s)",
            SQL.identifier(table, "id"),
            self._is_of_companies("sales_fact"),
        )

    def _restrict_people(self, table):
        companies = self.env["res.users"]._fields["company_ids"]
        return SQL(
            "NOT %(is_customer)s AND EXISTS (SELECT FROM %(table)s"
            " WHERE %(record)s = %(id)s AND %(company)s = ANY(%(companies)s))",
            is_customer=SQL.identifier(table, "share"),
            table=SQL.identifier(companies.relation),
            record=SQL.identifier(companies.relation, companies.column1),
            company=SQL.identifier(companies.relation, companies.column2),
            id=SQL.identifier(table, "id"),
            companies=self._companies,
        )
