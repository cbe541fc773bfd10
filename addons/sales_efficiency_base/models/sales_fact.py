# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import lru_cache

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, frozendict, ormcache

from ..engine import FactGroups, FactGroupsReader, NewBusiness


class SalesFact(models.Model):
    """One row per business event: the single source of all figures (policy 6.1).

    Only ``sales.mart`` writes rows, from the SELECTs of ``sales.fact.source``.

    A stored field with a ``unit`` is a measure. Cells, changes and metrics include it
    automatically. Parameters of measures:

    - unit: one of the units of ``sales.metric``
    - required: every figure has a value. For other measures, the cells count the
      figures that have one.
    - known_with: another measure that is known for exactly the same figures
    """

    _name = "sales.fact"
    _inherit = ["sales.scope.mixin", "sales.mart.table"]
    _auto = False
    _log_access = False
    _description = "Sales Figure"
    _order = "date desc, id desc"

    source = fields.Selection(
        selection="_selection_source",
        help="Type of the source document.",
    )
    event = fields.Selection(
        selection="_selection_event",
    )
    date = fields.Date(help="Day of the event in the time zone of the company.")
    company_id = fields.Many2one(comodel_name="res.company")
    currency_id = fields.Many2one(comodel_name="res.currency")
    user_id = fields.Many2one(
        help="Person credited. A sale shared by several people has one figure for"
        " each.",
    )
    product_id = fields.Many2one(comodel_name="product.product", divides=True)
    utm_source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Source of the Lead",
        help="Only leads have it.",
    )
    utm_medium_id = fields.Many2one(
        comodel_name="utm.medium",
        string="Medium of the Lead",
        help="Only leads have it.",
    )
    amount = fields.Monetary(
        unit="currency",
        required=True,
        help="In the currency of the company at the date of the document, without"
        " taxes. Collections are the money received, taxes included.",
    )
    margin = fields.Monetary(
        unit="currency", help="Amount less the cost at the time of the sale."
    )
    margin_base = fields.Monetary(
        string="Amount with Known Margin",
        unit="currency",
        known_with="margin",
        help="The amount if its margin is known, else empty. Margin rates are based"
        " on it.",
    )
    quantity = fields.Float(
        digits=0, unit="quantity", help="In the unit of the product."
    )
    days = fields.Integer(
        unit="days",
        aggregator="avg",
        help="Days from the opening of the opportunity to its closing.",
    )
    score = fields.Float(
        digits=0,
        unit="count",
        aggregator="avg",
        help="Value of a customer's answer: a rating counts 1 to 5; in CSAT a"
        " satisfied customer 1; in NPS a promoter 1 and a detractor −1; all others"
        " 0.",
    )
    documents = fields.Integer(
        string="Counted Documents",
        aggregator=None,
        help="1 for one figure of each document and 0 for its others, so that sums"
        " count documents. Empty if the figures differ in the day, the salesperson or"
        " the like: then the document has to be looked up to be counted once.",
    )
    res_id = fields.Integer(string="Document ID", aggregator=None)
    line_id = fields.Integer(string="Line ID", aggregator=None)
    match_id = fields.Integer(string="Reconciliation ID", aggregator=None)
    credit_id = fields.Integer(string="Credit ID", aggregator=None)
    document = fields.Reference(
        selection="_selection_document",
        compute="_compute_document",
    )

    is_new_business = fields.Boolean(
        string="New Business",
        compute="_compute_is_new_business",
        search="_search_is_new_business",
        help="The sale is within the first months after the customer's first order."
        " The settings say how many.",
    )

    _key = models.UniqueIndex(
        "(source, res_id, line_id, match_id, credit_id, event)",
        "Each event of a document counts only once.",
    )
    _company_date = models.Index("(company_id, date)")
    _user_date = models.Index("(user_id, date) WHERE user_id IS NOT NULL")
    _partner_date = models.Index("(partner_id, date) WHERE partner_id IS NOT NULL")

    _campaign_date = models.Index("(campaign_id, date) WHERE campaign_id IS NOT NULL")
    _uncounted = models.Index("(company_id, date) WHERE documents IS NULL")
    _first = models.Index(
        "(event, company_id, partner_id, date)"
        " WHERE documents IS DISTINCT FROM 0 AND partner_id IS NOT NULL"
    )

    def _valid_field_parameter(self, field, name):
        return name in ("unit", "known_with") or super()._valid_field_parameter(
            field, name
        )

    def init(self):
        """Create the columns of new measures and dimensions in the sums, too."""
        res = super().init()
        for name in self.pool.descendants(["sales.mart.sums"], "_inherit"):
            self.env[name].init()
        return res

    @property
    def _table_sql(self):
        """Read the monthly cells if they suffice, see ``_from_cells``."""
        if groups := self._get_groups_of_cells():
            cells = self.env["sales.fact.cell"]
            return SQL("(%s)", cells._as_facts(groups.dimensions, groups.measures))
        return super()._table_sql

    @api.model
    def _selection_source(self):
        return [(source._code, source._get_label()) for source in self._get_sources()]

    @api.model
    def _selection_event(self):
        labels = {}
        for source in self._get_sources():
            labels |= source._get_events()
        labels |= self._get_answer_events()
        return list(labels.items())

    @api.model
    def _get_answer_events(self):
        """Return the events whose metrics are in this module but sources in add-ons.

        :return: dict value of ``event`` -> label
        """
        return {
            "rated": self.env._("Rated"),
            "satisfaction": self.env._("Satisfaction asked"),
            "recommendation": self.env._("Recommendation asked"),
            "market_size": self.env._("Size of the market"),
        }

    @api.model
    def _selection_document(self):
        return [
            (model, self.env["ir.model"]._get(model).name)
            for model in set(self._get_document_models().values())
        ]

    def _compute_is_new_business(self):
        new = self.search([("id", "in", self.ids), ("is_new_business", "=", True)])
        for fact in self:
            fact.is_new_business = fact in new

    @api.model
    def _search_is_new_business(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(
            to_sql=lambda _facts, alias, _query: NewBusiness.is_new(alias)
        )

    @api.depends("source", "res_id")
    def _compute_document(self):
        models_ = self._get_document_models()
        for fact in self:
            model = models_.get(fact.source)
            fact.document = f"{model},{fact.res_id}" if model and fact.res_id else False

    @api.depends("source", "event", "date")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for fact in self:
            name = fact.document.display_name if fact.document else ""
            fact.display_name = f"{events.get(fact.event, '')} {name}".strip()

    @api.model
    def _check_no_figures_of(self, records, name):
        """Refuse to delete records that have figures (policy 6.1.2).

        :param str name: column of the figures that refers to the records
        :raise UserError: if some of the records have figures
        """
        if self.env.su and self.env.context.get("without_figures"):
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT %(column)s FROM sales_fact_cell"
                " WHERE %(column)s = ANY(%(ids)s)",
                column=SQL.identifier(name),
                ids=records.ids,
            )
        )
        if rows:
            kept = records.browse(row[0] for row in rows)
            raise UserError(
                self.env._(
                    "Past sales count for %(names)s: archive it instead.",
                    names=", ".join(kept.mapped("display_name")),
                )
            )

    # ------------------------------------------------------------------
    # Groups
    # ------------------------------------------------------------------

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        facts = self._from_cells(domain, groupby, aggregates, order, having)
        return super(SalesFact, facts)._read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        specs = [spec for groupby in grouping_sets for spec in groupby]
        facts = self._from_cells(domain, specs, aggregates, order)
        return super(SalesFact, facts)._read_grouping_sets(
            domain, grouping_sets, aggregates, order
        )

    def _read_group_select(self, aggregate_spec, query):
        """Derive counts and averages from the counts and sums of the cells."""
        name, _, function = aggregate_spec.partition(":")
        if self._get_groups_of_cells():
            facts = SQL.identifier(self._table, "facts")
            if name == "__count":
                return SQL("COALESCE(SUM(%s), 0)", facts)
            if function == "avg":
                count = self._get_count_columns().get(name, "facts")
                return SQL(
                    "SUM(%s)::numeric / NULLIF(SUM(%s), 0)",
                    self._field_to_sql(self._table, name, query),
                    SQL.identifier(self._table, count),
                )
        return super()._read_group_select(aggregate_spec, query)

    def _read_group_postprocess_groupby(self, groupby_spec, raw_values):
        """Return records that read the facts again, not the cells."""
        context = dict(self.env.context)
        context.pop("sales_fact_groups", None)
        facts = self.with_env(self.env(context=context))
        return super(SalesFact, facts)._read_group_postprocess_groupby(
            groupby_spec, raw_values
        )

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Format each value once: hundreds of groups in a pivot share it."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)

        @lru_cache(maxsize=None, typed=True)
        def format_once(value):
            label, domain = formatter(value)
            return label, Domain(domain)

        return format_once

    def _from_cells(self, domain, groupby, aggregates, order=None, having=()):
        """Return the model set up to read groups from the monthly cells if possible.

        The result is the same, but the time does not grow with the number of facts.
        Record rules, labels and order are still those of the facts.
        """
        cells = self.env["sales.fact.cell"]
        conditions = [*Domain(domain).optimize(self)]
        if not self.env.su:
            # Separate: a domain that contradicts the rule must keep its own columns.
            rule = self.env["ir.rule"]._compute_domain(self._name, "read")
            conditions += rule.optimize(self)
        terms = [term.split()[0] for term in (order or "").split(",") if term.strip()]
        groups = FactGroupsReader(cells._get_keys(), self._get_measures()).find(
            conditions,
            groupby,
            [
                *aggregates,
                *(term for term in terms if term not in groupby),
                *(item[0] for item in having if not isinstance(item, str)),
            ],
        )
        return self.with_context(sales_fact_groups=groups) if groups else self

    def _get_groups_of_cells(self):
        """Return the groups to read from the cells; None to read the facts."""
        groups = self.env.context.get("sales_fact_groups")
        # Clients can send a context, but not an object of this class.
        return groups if isinstance(groups, FactGroups) else None

    def _fill_new_columns(self, names):
        """Queue a rebuild of the sources that provide the new columns.

        It runs once all add-ons are loaded. Figures of other sources have no values
        there, so their rows are right already.
        """
        res = super()._fill_new_columns(names)
        codes = [source._code for source in self._get_sources() if source._says(names)]
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_fact_queue (origin, res_id)"
                " SELECT 'sales_mart_source', id FROM sales_mart_source"
                " WHERE code = ANY(%s)",
                codes,
            )
        )
        return res

    @api.model
    @ormcache()
    def _get_measures(self):
        """:return: dict name of a measure -> its unit"""
        return frozendict(
            {
                name: unit
                for name, field in self._fields.items()
                if (unit := getattr(field, "unit", None))
            }
        )

    @api.model
    def _get_count_columns(self):
        """Return the cell columns that count the figures with a value.

        :return: dict name of an optional measure -> name of its count column
        """
        measures = {name: self._fields[name] for name in self._get_measures()}
        return {
            name: f"{getattr(field, 'known_with', None) or name}_facts"
            for name, field in measures.items()
            if not field.required
        }

    @api.model
    def _get_sources(self):
        """Return the sources of facts (models of ``sales.fact.source``), in order."""
        names = self.env.registry.descendants(["sales.fact.source"], "_inherit")
        sources = [self.env[name] for name in names if self.env[name]._code]
        return sorted(sources, key=lambda source: source._sequence)

    @api.model
    def _get_document_models(self):
        """:return: dict of source -> name of the model of its documents"""
        return {source._code: source._document for source in self._get_sources()}

    def _get_document_columns(self):
        """Return the columns that usually have one value for a whole document."""
        return [
            "event",
            "date",
            "company_id",
            *(name for name in self._get_dimensions() if not self._divides(name)),
        ]

    @api.model
    def _divides(self, name):
        """Return whether figures of the same document usually differ in this column."""
        return getattr(self._fields[name], "divides", False)

    @api.readonly
    def action_open_document(self):
        """Open the document that the figure comes from."""
        self.ensure_one()
        documents = self.env[self._get_document_models()[self.source]]
        return documents.browse(self.res_id)._get_records_action(context={})
