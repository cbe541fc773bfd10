# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import float_round

from ..engine import ActionEffect
from ..tools import Scope

ACTIVITY = "sales_efficiency_base.mail_activity_type_action"
# The measured effect depends on these fields; a change discards it.
MEASURED_BY = {"company_id", "metric_id", "state", "user_id"}


class SalesAction(models.Model):
    """An action with an owner and a due date (policy 2.2.1, 2.2.3).

    Its owner has a to-do for it. Completing one completes the other.
    """

    _name = "sales.action"
    _description = "Action Item"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True

    name = fields.Char(string="Action", required=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    alert_id = fields.Many2one(
        comodel_name="sales.alert",
        string="Warning",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    date_deadline = fields.Date(
        string="Due Date",
        required=True,
        index=True,
        default=lambda self: self.env.user._get_sales_today() + timedelta(weeks=1),
        tracking=True,
    )
    state = fields.Selection(
        selection=[
            ("open", "Open"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        index=True,
        group_expand=True,
        copy=False,
        tracking=True,
    )
    result = fields.Text(copy=False)
    date_done = fields.Date(
        string="Done On", compute="_compute_date_done", store=True, copy=False
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Effect On",
        index="btree_not_null",
        ondelete="set null",
        compute="_compute_metric_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="Metric measured in the weeks before and after the action is done: for the"
        " scope of its origin, else for its owner.",
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    currency_id = fields.Many2one(related="company_id.currency_id")
    effect_figures = fields.Json(
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        help="All figures, whoever may see them.",
    )
    effect_date = fields.Date(
        string="Effect Measured On", readonly=True, copy=False, index="btree_not_null"
    )
    is_effect_known = fields.Boolean(
        compute="_compute_effect", export_string_translation=False
    )
    value_before = fields.Float(
        string="Before",
        digits=0,
        compute="_compute_effect",
        help="Metric in the weeks up to the day on which the action was done.",
    )
    value_after = fields.Float(
        string="After",
        digits=0,
        compute="_compute_effect",
        help="Metric in as many weeks after that day.",
    )
    effect = fields.Float(
        digits=0, compute="_compute_effect", help="After less before."
    )

    can_edit = fields.Boolean(
        compute="_compute_can_edit",
        export_string_translation=False,
        help="The user owns the item, leads who does, or is a director.",
    )

    @api.depends(lambda self: self._get_origin_fields())
    def _compute_company_id(self):
        for item in self:
            companies = (origin.company_id for origin in item._get_origins())
            item.company_id = next(companies, item.company_id) or self.env.company

    @api.depends(lambda self: self._get_origin_fields())
    def _compute_metric_id(self):
        for item in self:
            origins = item._get_origins()
            metrics = (o.metric_id for o in origins if "metric_id" in o._fields)
            item.metric_id = item.metric_id or next(metrics, item.metric_id)

    @api.depends("effect_date")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_effect(self):
        shown = self._filter_effect_shown()
        for item in self:
            # sudo: the field is closed to all; those who may see it were chosen above.
            figures = item in shown and item.sudo().effect_figures or {}
            before, after = figures.get("before"), figures.get("after")
            item.is_effect_known = before is not None and after is not None
            item.value_before = before or 0.0
            item.value_after = after or 0.0
            item.effect = item._round_effect(item.value_after - item.value_before)

    @api.depends("state")
    def _compute_date_done(self):
        today = self.env.user._get_sales_today()
        for item in self:
            item.date_done = (item.date_done or today) if item.state == "done" else None

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for item in self:
            item.can_edit = not item._origin or item._origin in editable

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_origin()
        items._plan_activities()
        return items

    def write(self, vals):
        is_moved = not set(self._get_origin_fields()).isdisjoint(vals)
        if is_moved:
            self._check_origin()
        res = super().write(vals)
        if is_moved:
            self._check_origin()
        if is_moved or not MEASURED_BY.isdisjoint(vals):
            # sudo: users cannot write measured effects, and this only clears them.
            measured = self.sudo().filtered("effect_date")
            measured.write({"effect_date": False, "effect_figures": False})
        if not {"name", "user_id", "date_deadline", "state"}.isdisjoint(vals):
            self._update_activities()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_origin()

    def action_done(self):
        """Mark the item as done, together with the to-do of its owner."""
        self.state = "done"

    def action_cancel(self):
        self.state = "cancelled"

    def action_reopen(self):
        self.state = "open"

    @api.model
    def _cron_measure_effects(self):
        ActionEffect(self.env).measure_due()

    @api.model
    def _get_origin_fields(self):
        """Return the fields that link items to their origins; add-ons extend it.

        :return: list of names of many2one fields; the first one set takes precedence
        """
        return ["alert_id"]

    def _get_origins(self):
        """Return the non-empty origins of the items, one recordset for each field."""
        origins = (self[name] for name in self._get_origin_fields())
        # On an empty recordset, an access check would test the whole model.
        return [origin for origin in origins if origin]

    def _get_measured_origin(self):
        """Return the origin that defines the measured scope, or None."""
        self.ensure_one()
        return next((o for o in self._get_origins() if hasattr(o, "_get_scope")), None)

    def _get_effect_scope(self):
        """Return the :class:`Scope` of the origin, or else of the owner."""
        if origin := self._get_measured_origin():
            return origin._get_scope()
        return Scope(self.company_id.id, user_id=self.user_id.id)

    def _filter_effect_shown(self):
        """Return the items whose effect the user may see.

        With a measured origin, the user must have access to it, see
        ``_get_effect_access``. Otherwise the item must belong to the user or to
        somebody they lead.
        """
        if self.env.su:
            return self
        shown, by_model = set(self._get_led_items().ids), defaultdict(dict)
        for item in self:
            # sudo: only finds the origin; access to it is checked below.
            if origin := item.sudo()._get_measured_origin():
                by_model[origin._name][item.id] = origin.id
                shown.discard(item.id)
        for model, ids in by_model.items():
            origins = self.env[model].browse(set(ids.values()))
            allowed = set(origins._filtered_access(self._get_effect_access(model)).ids)
            shown |= {id_ for id_, origin_id in ids.items() if origin_id in allowed}
        return self.filtered(lambda item: item.id in shown)

    @api.model
    def _get_effect_access(self, model):
        """Return the access to an origin, of a model, that shows its figures."""
        return "write"

    def _get_led_items(self):
        """Return the items of the user and of the people they lead."""
        user = self.env.user
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return self
        people = user
        if user.has_group("sales_efficiency_base.group_sales_leader"):
            people |= self.user_id.filtered("is_in_led_team")
        return self.filtered(lambda item: item.user_id in people)

    def _round_effect(self, value):
        """Return a difference of figures without the noise of binary fractions."""
        if not self.metric_id:
            return value
        unit = self.metric_id._define_unit(self.metric_id.unit, self.company_id)
        return float_round(value, precision_digits=unit.digits)

    def _check_origin(self):
        """Require write access to the origins in order to add or remove items.

        E.g. only users who may answer a warning decide on its actions.
        """
        for origin in self._get_origins():
            self._check_may_agree(origin)

    def _check_may_agree(self, origin):
        """Check that the user may add and remove items of their origin.

        :raise AccessError: if not
        """
        origin.check_access("write")

    def _plan_activities(self):
        """Give the owner of each open item a to-do, in one batch."""
        activities = self.env["mail.activity"]
        activities.create(
            [
                activities._prepare_sales_to_do(
                    item,
                    item.user_id,
                    ACTIVITY,
                    summary=item.name,
                    date_deadline=item.date_deadline,
                )
                for item in self
                if item.state == "open"
            ]
        )

    def _update_activities(self):
        """Synchronize the to-dos with the items."""
        for item in self:
            activities = item.activity_search([ACTIVITY])
            if item.state == "done":
                activities.action_feedback(item.result)
            elif item.state == "cancelled":
                activities.unlink()
            elif activities:
                activities.write(
                    {
                        "summary": item.name,
                        "user_id": item.user_id.id,
                        "date_deadline": item.date_deadline,
                    }
                )
            else:
                item._plan_activities()

    def _set_done(self, result):
        """Close the open items after their to-dos were completed.

        :param result: the feedback on the to-do, if any
        """
        for item in self.filtered(lambda item: item.state == "open"):
            item.write({"state": "done", "result": result or item.result})
