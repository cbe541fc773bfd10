# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import (
    FIRST_DAY,
    LAST_DAY,
    Period,
    Scope,
    open_records,
)

from ..engine.funnel import SeenPeople, Waste, get_stage_causes

PREFIX = "waste_"
EVERYTHING = "waste_days"


class SalesWaste(models.Model):
    """A cause of lost time that people do something about (policy 1.3.2).

    It keeps what the cause had cost when they began. The effect of its action items is
    measured by the days that it costs before and after.
    """

    _name = "sales.waste"
    _inherit = [
        "sales.scope.mixin",
        "sales.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Cause of Lost Time"
    _order = "id desc"
    _rec_name = "code"
    _check_company_auto = True
    _fixed_fields = ("code", "company_id", "date_from", "date_to")

    name = fields.Char(compute="_compute_name")
    active = fields.Boolean(default=True)
    code = fields.Selection(
        selection=lambda self: self._select_code(), string="Cause", required=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Found By",
        readonly=True,
        required=True,
        index=True,
        default=lambda self: self.env.user,
    )
    document_count = fields.Integer(string="Documents", readonly=True)
    days = fields.Float(
        string="Working Days Lost", digits=(16, 1), readonly=True, tracking=True
    )
    money = fields.Monetary(string="Money at Stake", readonly=True)
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Measured By",
        compute="_compute_metric_id",
        help="Its value before and after shows the effect of action items.",
    )
    action_ids = fields.One2many(
        comodel_name="sales.action", inverse_name="waste_id", string="Action Items"
    )
    open_action_count = fields.Integer(
        string="Open Action Items", compute="_compute_open_action_count"
    )

    _days_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The period cannot end before it starts."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends(lambda self: ("code", *self._get_dimensions()))
    @api.depends_context("lang")
    def _compute_name(self):
        names = dict(self._select_code())
        for waste in self:
            # sudo: names are not confidential, figures are.
            places = [
                waste.sudo()[dimension].display_name
                for dimension in self._get_naming_dimensions()
                if waste.sudo()[dimension]
            ]
            waste.name = " · ".join([names.get(waste.code) or "", *places])

    @api.depends("code")
    def _compute_metric_id(self):
        # sudo: metrics are known to all, and these are in the archive.
        metrics = self.env["sales.metric"].sudo().with_context(active_test=False)
        codes = [PREFIX + (waste.code or "") for waste in self]
        found = metrics.search([("code", "in", [*codes, EVERYTHING])])
        by_code = {metric.code: metric for metric in found}
        for waste in self:
            metric = by_code.get(PREFIX + (waste.code or "")) or by_code.get(EVERYTHING)
            waste.metric_id = metric or False

    @api.depends("action_ids.state")
    def _compute_open_action_count(self):
        counts = dict(
            self.env["sales.action"]._read_group(
                [("waste_id", "in", self.ids), ("state", "=", "open")],
                ["waste_id"],
                ["__count"],
            )
        )
        for waste in self:
            waste.open_action_count = counts.get(waste._origin, 0)

    @api.depends("name")
    def _compute_display_name(self):
        for waste in self:
            waste.display_name = waste.name

    # ------------------------------------------------------------------
    # CRUD and actions
    # ------------------------------------------------------------------

    @api.model
    def _get_fixed_fields(self):
        """What was found was found in its scope."""
        return super()._get_fixed_fields() | set(self._get_dimensions())

    @api.constrains(lambda self: ("company_id", "owner_id", *self._get_dimensions()))
    def _check_scope(self):
        """Refuse scopes whose figures the owner may not see: the effect of action items
        would tell them."""
        for owner, wastes in self.grouped("owner_id").items():
            # Constraints run as superuser.
            seen = SeenPeople(self.with_user(owner).env)
            if not all(seen.includes(waste) for waste in wastes):
                raise ValidationError(
                    self.env._(
                        "Choose yourself, or a team or a person that you lead: you do"
                        " not see the time that others lose."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        wastes = super().create(vals_list)
        wastes._keep_figures()
        return wastes

    @api.autovacuum
    def _gc_left_behind(self):
        """Delete the causes whose first action item was discarded."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        wastes = self.with_context(active_test=False).search(
            [
                ("create_date", "<", yesterday),
                ("action_ids", "=", False),
                ("activity_ids", "=", False),
            ]
        )
        # Whoever wrote about it, or changed it, wants to keep it.
        wastes.filtered(
            lambda waste: (
                waste.write_date == waste.create_date
                and "comment" not in waste.message_ids.mapped("message_type")
            )
        ).unlink()

    @api.readonly
    def action_open_documents(self):
        """Open the documents that waited in the period, as far as it is known today."""
        self.ensure_one()
        self.check_access("read")
        scope, period = self._get_scope(), Period(self.date_from, self.date_to)
        return self._open_documents(self.code, scope, period)

    @api.readonly
    def action_open_actions(self):
        """Open the action items agreed against the cause."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("waste_id", "=", self.id)],
            name=self.display_name,
            context={"default_waste_id": self.id},
        )

    @api.model
    @api.readonly
    def action_open_found(self, code, question):
        """Open the documents of a cause that the waste finder has found.

        :param str code: the cause
        :param dict question: as the waste finder has asked, see ``_get_question``
        """
        self.check_access("read")
        return self._open_documents(code, *self._read_question(question))

    @api.model
    def action_take_up(self, code, question):
        """Keep a cause that the waste finder has found, and open its first action item.

        :param str code: the cause
        :param dict question: see ``action_open_found``
        """
        scope, period = self._read_question(question)
        cause = self._get_known_cause(code)
        values = {
            "code": cause.code,
            "company_id": scope.company_id,
            "date_from": period.start,
            "date_to": period.end,
            **{name: ids[0] for name, ids in scope.dimensions},
        }
        same = dict.fromkeys(self._get_dimensions(), False) | values
        domain = [(name, "=", value) for name, value in same.items()]
        waste = self.search([*domain, ("owner_id", "=", self.env.uid)], limit=1)
        waste = waste or self.create(values)
        action = self.env["sales.action"]._get_records_action(
            target="new", name=self.env._("Action Item")
        )
        owner = waste.user_id or waste.team_id.user_id or self.env.user
        return action | {
            "context": {
                "default_waste_id": waste.id,
                "default_name": waste.name,
                "default_user_id": owner.id,
                "default_company_id": waste.company_id.id,
            }
        }

    # ------------------------------------------------------------------
    # Causes
    # ------------------------------------------------------------------

    @api.model
    def _read_question(self, question):
        """Read the scope and the period of a question, which comes from a client.

        :return: :class:`Scope` and :class:`Period`
        """
        question = question if isinstance(question, dict) else {}
        asked = {
            name: id_
            for name in self._get_dimensions()
            if type(id_ := question.get(name)) is int
        }
        self._check_references([asked])
        company_id = question.get("company_id")
        if company_id not in self.env.companies.ids:
            company_id = self.env.company.id
        try:
            days = (question["date_from"], question["date_to"])
            period = Period(*map(fields.Date.to_date, days))
            if not FIRST_DAY <= period.start <= period.end <= LAST_DAY:
                raise ValueError(period)
            return Scope(company_id, **asked), period
        except (KeyError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("Choose a period that does not end before it starts.")
            ) from error

    @api.model
    def _get_waste_causes(self):
        """Hook for add-ons: return the causes of lost time that are looked for.

        :return: list of :class:`WasteCause`
        """
        return get_stage_causes(self.env)

    @api.model
    def _get_next_steps(self):
        """Hook for add-ons: return what is a next step of an opportunity.

        :return: list of SELECTs of a ``lead_id``, and of the moments in UTC at which a
            step ``begins`` (it was planned) and ``ends`` (it is over)
        """
        return [
            SQL(
                """
                SELECT res_id AS lead_id, create_date AS begins,
                       CASE WHEN active THEN 'infinity'
                            ELSE date_done + INTERVAL '1 day' END AS ends
                  FROM mail_activity
                 WHERE res_model = 'crm.lead' AND (active OR date_done IS NOT NULL)
                """
            ),
            SQL(
                """
                SELECT opportunity_id AS lead_id, create_date AS begins, stop AS ends
                  FROM calendar_event
                 WHERE active AND opportunity_id IS NOT NULL
                """
            ),
        ]

    @api.model
    def _select_code(self):
        return [(cause.code, cause.name) for cause in self._get_waste_causes()]

    @api.model
    def _find_waste(self, scope, codes=None):
        """Return the :class:`.Waste` of a scope, as the user may see it.

        :param codes: causes to look for; all by default
        """
        causes = [
            cause
            for cause in self._get_waste_causes()
            if codes is None or cause.code in codes
        ]
        return Waste(self.env, scope, causes)

    @api.model
    def _get_known_cause(self, code):
        """:return: the :class:`WasteCause` of a code, which comes from a client"""
        for cause in self._get_waste_causes():
            if cause.code == code:
                return cause
        raise UserError(self.env._("Nobody looks for this cause any more."))

    @api.model
    def _open_documents(self, code, scope, period):
        """Return the action that lists the documents of a cause."""
        waste = Waste(self.env, scope, [self._get_known_cause(code)])
        return waste.open(period)

    def _keep_figures(self):
        """Keep what the cause has cost in its period."""
        for waste in self:
            period = Period(waste.date_from, waste.date_to)
            found = waste._find_waste(waste._get_scope(), [waste.code])
            for figure in found.get_figures(period):
                # sudo: users cannot write figures.
                waste.sudo().write(
                    {
                        "document_count": figure.documents,
                        "days": figure.days,
                        "money": figure.money,
                    }
                )
