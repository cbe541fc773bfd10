# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import (
    Period,
    draw_bars,
    select_period_kinds,
)

from ..engine import Contributions, Variances, find_own_targets

PARAMETERS = ("target_id", "period", "day", "comparison", "dimension")
SECTIONS = ("scope", "part", "item", "lost")


class SalesTargetGap(models.TransientModel):
    """Explains why a target is missed or exceeded in a period (policy 2.2.2).

    Nothing of it is stored, so that it can be read from a replica: the form is one of a
    new record whose parameters are defaults in the context, and all else is computed
    from them, in a fixed number of queries. Other parameters are another form.
    """

    _name = "sales.target.gap"
    _inherit = "sales.guard.mixin"
    _description = "Gap Analysis of a Sales Target"
    _rec_name = "target_id"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Scope",
        required=True,
        ondelete="cascade",
    )
    metric_id = fields.Many2one(related="target_id.metric_id")
    metric_unit = fields.Selection(related="target_id.metric_unit")
    currency_id = fields.Many2one(related="target_id.currency_id")
    higher_is_better = fields.Boolean(related="metric_id.higher_is_better")
    period = fields.Selection(
        selection=select_period_kinds,
        required=True,
        default="to_date",
    )
    day = fields.Date(
        string="Any Day of It",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        help="Any day of the month or the quarter to look at.",
    )
    date_from = fields.Date(string="From", compute="_compute_dates")
    date_to = fields.Date(
        string="To",
        compute="_compute_dates",
        help="Last day of the period of the target.",
    )
    measured_to = fields.Date(
        string="Measured Until",
        compute="_compute_dates",
        help="Actual and last year are compared up to this day; today in a running"
        " period.",
    )
    comparison = fields.Selection(
        selection=[("target", "Target"), ("last_year", "Last year")],
        string="Compare With",
        required=True,
        default="target",
        help="Expected to date, or the same days a year before.",
    )
    dimension = fields.Selection(
        selection=lambda self: self._selection_dimension(),
        string="By",
        required=True,
        compute="_compute_dimension",
        store=True,
        readonly=False,
        precompute=True,
    )
    reference = fields.Float(
        string="Compared With",
        digits=0,
        compute="_compute_analysis",
        help="Expected to date, or last year.",
    )
    actual = fields.Float(digits=0, compute="_compute_analysis")
    is_measured = fields.Boolean(compute="_compute_analysis")
    known = fields.Char(
        compute="_compute_analysis",
        help="Share of the sales whose margin is known, if not all. The others count"
        " nowhere: their missing quantity shows as volume.",
    )
    last_year = fields.Float(
        digits=0, compute="_compute_analysis", help="The same days a year before."
    )
    deviation = fields.Float(
        digits=0, compute="_compute_analysis", help="Actual less the comparison."
    )
    is_bad = fields.Boolean(compute="_compute_is_bad")
    explanation = fields.Char(compute="_compute_analysis")
    obstacle = fields.Char(
        compute="_compute_analysis", help="Reason for a missing price, volume and mix."
    )
    scope_line_ids = fields.One2many(
        comodel_name="sales.target.gap.line",
        inverse_name="gap_id",
        string="Contributions",
        compute="_compute_analysis",
    )
    part_line_ids = fields.One2many(
        comodel_name="sales.target.gap.line",
        inverse_name="gap_id",
        string="Price, Volume, Mix",
        compute="_compute_analysis",
    )
    item_line_ids = fields.One2many(
        comodel_name="sales.target.gap.line",
        inverse_name="gap_id",
        string="Products",
        compute="_compute_analysis",
    )
    lost_line_ids = fields.One2many(
        comodel_name="sales.target.gap.line",
        inverse_name="gap_id",
        string="Lost Opportunities",
        compute="_compute_analysis",
    )
    cause_ids = fields.Many2many(
        comodel_name="sales.target.cause", string="Causes", compute="_compute_cause_ids"
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_dimension(self):
        scope = self.env["sales.target.scope"]
        return [
            (name, scope._fields[name]._description_string(self.env))
            for name in scope._get_dimensions()
        ]

    @api.depends("target_id")
    def _compute_dimension(self):
        """Propose the dimension of the breakdown, else one not set on the target."""
        for gap in self:
            target = gap.target_id
            dimensions = target._get_dimensions()
            names = sorted(dimensions, key=lambda name: bool(target[name]))
            own = [name for name in names if find_own_targets(target, name)]
            by_line = ["categ_id"] if not target.categ_id else []
            gap.dimension = [*own, *by_line, *names][0]

    @api.depends("deviation", "higher_is_better")
    def _compute_is_bad(self):
        for gap in self:
            gap.is_bad = gap._is_bad(gap.deviation)

    @api.depends("target_id", "period", "day")
    def _compute_dates(self):
        """Set the period containing the day, as in results."""
        self.date_from = self.date_to = self.measured_to = False
        for gap in self.filtered("target_id"):
            today = gap.target_id.plan_id._get_today()
            period = gap._get_period()
            if today < period.start:
                raise UserError(
                    self.env._(
                        "There is no gap yet: the period begins on %(start)s.",
                        start=format_date(self.env, period.start),
                    )
                )
            gap.date_from = period.start
            gap.date_to = period.end
            gap.measured_to = period.until(today).end

    @api.depends("target_id", "date_from", "date_to", "comparison", "dimension")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_analysis(self):
        for field in self.pool.field_computed[self._fields["actual"]]:
            self[field.name] = False
        for gap in self.filtered("target_id"):
            gap.update(gap._analyse())

    @api.depends("target_id.cause_ids", "date_from", "period")
    def _compute_cause_ids(self):
        for gap in self:
            gap.cause_ids = gap._get_causes()

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.readonly
    def onchange(self, values, field_names, fields_spec):
        """Compute everything from the parameters alone, whatever else is sent: rows
        name records that nobody has checked."""
        values = {name: values[name] for name in PARAMETERS if name in values}
        names = [name for name in field_names if name in PARAMETERS]
        return super().onchange(values, names, fields_spec)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_target(self):
        return self._get_current().target_id._get_records_action(context={})

    @api.readonly
    def action_open_figures(self):
        """Show the facts behind the actual."""
        gap = self._get_current()
        return gap.target_id._get_figures_action(gap.date_from, gap.measured_to)

    @api.readonly
    def action_open_last_year(self):
        """Show the facts of the same days a year before."""
        gap = self._get_current()
        span = gap._get_spans()[1]
        return gap.target_id._get_figures_action(span.start, span.end)

    def _get_current(self):
        """Return the analysis that the context describes: none is stored."""
        return self or self.new(self.default_get(PARAMETERS))

    # ------------------------------------------------------------------
    # Analysis
    # ------------------------------------------------------------------

    def _analyse(self):
        """:return: values of the totals, and the rows"""
        self.ensure_one()
        # The parts contain figures of others: read access to the target is not enough.
        self.target_id._check_is_in_charge()
        contributions, variances = Contributions(self), Variances(self)
        if contributions.is_divisible():
            whole, parts = contributions.get_parts()
            rows = contributions.prepare_lines(whole, parts)
        else:
            whole, rows = contributions.get_whole(), []
        obstacle = variances.get_obstacle()
        if not obstacle:
            rows += variances.prepare_lines()
        rows += self._prepare_lost()
        lines = self.env["sales.target.gap.line"]
        lines = lines.union(*(lines.new({**row, "gap_id": self}) for row in rows))
        return {
            **self._prepare_totals(contributions, whole),
            "obstacle": obstacle,
            **{
                f"{section}_line_ids": lines.filtered(
                    lambda line, section=section: line.section == section
                )
                for section in SECTIONS
            },
        }

    def _get_period(self):
        """:return: the :class:`Period` of the plan that contains the day"""
        plan = self.target_id.plan_id
        day = self.day or plan._get_today()
        for kind, period, _span in plan._get_periods():
            is_asked = kind == "to_date" or period.start <= day <= period.end
            if kind == self.period and is_asked:
                return period
        if self.period == "to_date":  # The plan has not begun.
            return Period(plan.date_from, plan.date_to)
        raise ValidationError(
            self.env._(
                "%(day)s is not in %(plan)s. Choose a day from %(start)s to %(end)s.",
                day=format_date(self.env, day),
                plan=plan.name,
                start=format_date(self.env, plan.date_from),
                end=format_date(self.env, plan.date_to),
            )
        )

    def _get_rows(self):
        """:return: the rows of all sections"""
        return self.env["sales.target.gap.line"].union(
            *(self[f"{section}_line_ids"] for section in SECTIONS)
        )

    def _get_causes(self):
        """:return: the causes that somebody has found in the period"""
        self.ensure_one()
        return self.target_id.cause_ids.filtered_domain(
            [("period", "=", self.period), ("date_from", "=", self.date_from)]
        )

    def _get_spans(self):
        """:return: the measured :class:`Period`, and the same a year before"""
        self.ensure_one()
        span = Period(self.date_from, self.measured_to)
        return [span, span.previous_year()]

    def _prepare_totals(self, contributions, whole):
        actual, last_year = contributions.get_figures(whole)
        metric, scope = self.metric_id, self.target_id._get_scope()
        span = self._get_spans()[0]
        known = metric._get_known([scope], [span]).get((metric.id, scope, span))
        return {
            "explanation": self._explain(contributions.is_divisible()),
            "is_measured": actual is not None,
            "known": metric._describe_known(known),
            "actual": actual or 0.0,
            "last_year": last_year or 0.0,
            "reference": whole.reference,
            "deviation": whole.deviation,
        }

    def _explain(self, is_divisible):
        metric = self.metric_id
        if not is_divisible:
            return self.env._(
                "%(metric)s cannot be broken down: it is neither a sum, nor a count,"
                " nor a ratio of them.",
                metric=metric.name,
            )
        if metric.kind == "ratio":
            return self.env._(
                "A rate has no parts that add up. Shown is what each part does to it:"
                " (%(numerator)s − rate compared with × %(denominator)s) ÷ the whole"
                " %(denominator)s.",
                numerator=metric.numerator_id.name,
                denominator=metric.denominator_id.name,
            )
        if metric.kind in ("distinct", "method"):
            return self.env._(
                "Sales of several parts count in each of them; the last row deducts"
                " the overlap."
            )
        if self.comparison == "target":
            return self.env._(
                "Parts with a target are compared with it. The rest of the target is"
                " spread over the others in proportion to last year."
            )
        return ""

    def _prepare_lost(self):
        """Count lost opportunities by reason, in one query.

        :return: values of the lines, the largest amount first
        """
        now, before = self._get_spans()
        in_scope = self.target_id._get_scope_domain
        lost = Domain("event", "=", "lost")
        # sudo: users who may see a target may see its lost opportunities
        facts = self.env["sales.fact"].sudo()
        query = facts._search(
            lost & (in_scope(now.start, now.end) | in_scope(before.start, before.end))
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.lost_reason_id, COUNT(*) FILTER (WHERE %(now)s) AS number,
                       COALESCE(SUM(fact.amount) FILTER (WHERE %(now)s), 0) AS amount,
                       COALESCE(SUM(fact.amount) FILTER (WHERE NOT %(now)s), 0)
                  FROM sales_fact fact JOIN crm_lead lead ON lead.id = fact.res_id
                 WHERE fact.id IN %(facts)s
                 GROUP BY lead.lost_reason_id
                 ORDER BY amount DESC, number DESC, lead.lost_reason_id
                """,
                now=SQL("fact.date >= %s", now.start),
                facts=query.subselect(),
            )
        )
        reasons = [self.env["crm.lost.reason"].browse(row[0] or ()) for row in rows]
        bars = draw_bars([(0, float(amount)) for _id, _n, amount, _before in rows])
        return [
            {
                "section": "lost",
                "kind": "reason",
                "name": reason.name or self.env._("No reason given"),
                "dimension": "lost_reason_id",
                "res_id": reason.id,
                "number": number,
                "actual": amount,
                "last_year": amount_before,
                "bar_start": start,
                "bar_end": end,
            }
            for reason, (_id, number, amount, amount_before), (start, end) in zip(
                reasons, rows, bars, strict=True
            )
        ]

    def _is_bad(self, deviation):
        return deviation < 0 if self.higher_is_better else deviation > 0
