# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Scope, open_records

from ..engine.findings import Window

DIRECTOR = "sales_efficiency_base.group_sales_director"
SEPARATOR = " · "


class SalesFinding(models.Model):
    """A place where sales fall short, or could grow (policy 6.3.1).

    A monthly search writes it, see :mod:`.engine.findings`. People name an owner, note
    what they know, or set it aside; it is closed when it is over.
    """

    _name = "sales.finding"
    _inherit = [
        "sales.guard.mixin",
        "sales.decision.origin.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Finding"
    _order = "money desc, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cause = fields.Selection(
        selection=[
            ("slow", "Behind expectation"),
            ("growth", "Grows faster"),
            ("wallet", "Low share of wallet"),
        ],
        required=True,
        readonly=True,
        help="Behind expectation: two months in a row at least 10 % under target or,"
        " without one, under last year × the company's growth.\n"
        "Grows faster: at least 15 points more than the company.\n"
        "Low share of wallet: customers buy less of their potential than those of"
        " three quarters of the peers.",
    )
    kind = fields.Selection(
        selection=[("problem", "Problem"), ("opening", "Opening")],
        compute="_compute_kind",
        store=True,
    )
    state = fields.Selection(
        selection=[("open", "Open"), ("aside", "Set Aside"), ("closed", "Closed")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        string="Customer Class",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    target_id = fields.Many2one(
        comodel_name="sales.target",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=DIRECTOR,
        help="The narrowest target that contains the place.",
    )
    has_gap_analysis = fields.Boolean(
        compute="_compute_has_gap_analysis", export_string_translation=False
    )
    basis = fields.Selection(
        selection=[
            ("target", "Target"),
            ("last_year", "Last year × growth of the company"),
            ("peers", "Peers"),
        ],
        string="Compared With",
        required=True,
        readonly=True,
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    date_found = fields.Date(string="Found On", readonly=True)
    date_closed = fields.Date(string="Closed On", readonly=True)
    money = fields.Monetary(
        string="At Stake",
        readonly=True,
        help="In two months: what is missing or came in addition; for a low share of"
        " wallet, what the middle peer would buy more.",
    )
    actual = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="Of the two months; for a share of wallet, of twelve months.",
    )
    expected = fields.Monetary(readonly=True, aggregator=None)
    last_year = fields.Monetary(
        readonly=True, aggregator=None, help="The same months a year before."
    )
    potential = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="What the customers could buy in a year, by their files.",
    )
    deviation = fields.Float(
        string="Deviation (%)",
        digits=(16, 1),
        compute="_compute_deviation",
        help="Actual against expected.",
    )
    growth = fields.Float(
        string="Growth (%)", digits=(16, 1), readonly=True, aggregator=None
    )
    company_growth = fields.Float(
        string="Growth of the Company (%)",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
    )
    company_gap = fields.Monetary(
        string="Gap of the Company",
        readonly=True,
        aggregator=None,
        groups=DIRECTOR,
        help="Target less actual of the two months. Without a target of the company for"
        " both months it is 0, and any gap of a place counts.",
    )
    share = fields.Float(
        string="Share of Wallet (%)",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
        help="Sales of twelve months ÷ potential of the customers.",
    )
    peer_share = fields.Float(
        string="Share of the Middle Peer (%)",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
    )
    explanation = fields.Char(compute="_compute_explanation")
    note = fields.Text(string="What We Know")
    _key = models.UniqueIndex(
        "(company_id, cause, COALESCE(region_id, 0), COALESCE(categ_id, 0),"
        " COALESCE(channel_id, 0), COALESCE(class_id, 0)) WHERE state <> 'closed'",
        "There is one open finding of each cause and place.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends(lambda self: self._get_place_fields())
    @api.depends_context("lang")
    def _compute_display_name(self):
        for finding in self:
            # sudo: those who see the figures of a place see its name.
            place = finding.sudo()
            names = [place[name].name for name in place._get_scope_ids()]
            if place.class_id:
                names.append(self.env._("Customers: %s", place.class_id.name))
            finding.display_name = SEPARATOR.join(names)

    @api.depends("cause")
    def _compute_kind(self):
        for finding in self:
            finding.kind = "problem" if finding.cause == "slow" else "opening"

    @api.depends("target_id")
    @api.depends_context("uid")
    def _compute_has_gap_analysis(self):
        in_charge = self._get_target()._filtered_in_charge()
        for finding in self:
            finding.has_gap_analysis = finding._get_target() in in_charge

    @api.depends("actual", "expected")
    def _compute_deviation(self):
        for finding in self:
            expected = finding.expected
            finding.deviation = (
                100 * (finding.actual - expected) / expected if expected > 0 else 0
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_set_aside(self):
        """Leave it out of the list until it is over."""
        self._set_state("open", "aside")

    def action_take_up(self):
        """List it again."""
        self._set_state("aside", "open")

    @api.readonly
    def action_open_gap_analysis(self):
        """Show where the deviation from the target comes from (policy 2.2.2)."""
        self.ensure_one()
        self.check_access("read")
        target = self._get_target()
        if not target:
            raise UserError(
                self.env._(
                    "No target contains %s, so there is no gap.", self.display_name
                )
            )
        action = target._get_gap_action("month", self.date_to)
        # The place is one of the parts by a dimension that the target leaves open.
        parts = [name for name in self._get_scope_ids() if not target[name]]
        if parts:
            action["context"]["default_dimension"] = parts[0]
        return action

    @api.readonly
    def action_open_figures(self):
        """Show the figures by month, with those of last year, down to documents."""
        self.ensure_one()
        self.check_access("read")
        window = self._get_window()
        dates = Domain.OR(
            Domain("date", ">=", start) & Domain("date", "<=", end)
            for start, end in (
                (window.first, window.end),
                (window.months_before[0], window.end_before),
            )
        )
        if self.cause == "wallet":
            dates = Domain("date", ">=", window.year_start) & Domain(
                "date", "<=", window.end
            )
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            self.metric_id._get_facts_domain() & self._get_place_domain() & dates,
            name=self.display_name,
            view_mode="pivot,graph,list",
            views=[(False, "pivot"), (False, "graph"), (False, "list")],
            context={
                "pivot_row_groupby": ["categ_id"],
                "pivot_column_groupby": ["date:month"],
                "pivot_measures": ["amount"],
            },
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_cuts(self):
        """Hook for add-ons: return tuples of dimensions whose places are searched.

        Each dimension is kept in the monthly cells, and is a field of findings.
        """
        return [("region_id", "categ_id"), ("channel_id",)]

    @api.model
    def _get_place_fields(self):
        """Return the names of the fields that say which place it is."""
        return ["region_id", "categ_id", "channel_id", "class_id"]

    def _get_key(self):
        """Return what tells findings apart that are not closed."""
        self.ensure_one()
        return (self.cause, *(self[name].id or 0 for name in self._get_place_fields()))

    def _get_scope(self):
        """Return the :class:`Scope` of the place; a customer class is none."""
        self.ensure_one()
        return Scope(self.company_id.id, **self._get_scope_ids())

    def _get_scope_ids(self):
        """Return the dimensions of the place: dict name → id."""
        self.ensure_one()
        dimensions = self.env["sales.fact"]._get_dimensions()
        names = [name for name in self._get_place_fields() if name in dimensions]
        return {name: self[name].id for name in names if self[name]}

    def _get_target(self):
        """Return the target as the user: its own methods check who is in charge."""
        # sudo: only which target it is
        return self.sudo().target_id.sudo(False)

    def _get_window(self):
        self.ensure_one()
        return Window(self.date_from)

    def _get_place_domain(self):
        """Return the domain of the figures of the place."""
        domain = Domain("company_id", "=", self.company_id.id)
        for name, ids in self._get_scope().dimensions:
            domain &= Domain(name, "child_of", list(ids))
        if self.class_id:
            domain &= Domain("partner_id.sales_class_id", "=", self.class_id.id)
        return domain

    def _set_state(self, before, after):
        """Change the state of those that are in another one.

        :raise AccessError: if the user may not change them
        """
        self.check_access("write")
        # sudo: the state is readonly, and changed by these buttons only.
        self.sudo().filtered(lambda finding: finding.state == before).state = after
