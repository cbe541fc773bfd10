# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

from ..tools import open_records


class SalesAlertRule(models.Model):
    """Defines when to warn, and whom (policy 2.2.3).

    A kind defines the subject of the warnings. An add-on adds a kind with a value of
    ``kind`` and a method named after it, which returns the severity of each record::

        kind = fields.Selection(selection_add=[("visit", "Visits")])

        def _judge_visit(self):
            return Judgement(model="sales.visit", ...)
    """

    _name = "sales.alert.rule"
    _inherit = "sales.guard.mixin"
    _description = "Warning Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[],
        string="Warns About",
        help="Records watched by the rule.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Leave empty for all companies.",
    )
    tell_salesperson = fields.Boolean(
        string="Tell Person Responsible",
        default=True,
        help="The person responsible for what the warning is about.",
    )
    tell_leader = fields.Boolean(
        default=True, help="The next leader above the person responsible."
    )
    tell_director = fields.Boolean(help="The sales director in charge.")
    escalate_days = fields.Integer(
        string="Escalate After",
        default=5,
        help="Days without an answer before the next leader above is notified.\n0:"
        " never.",
    )
    alert_ids = fields.One2many(
        comodel_name="sales.alert", inverse_name="rule_id", string="Warnings"
    )
    alert_count = fields.Integer(
        string="Open Warnings", compute="_compute_alert_count", compute_sudo=False
    )

    _escalate_days_positive = models.Constraint(
        "CHECK (escalate_days >= 0)",
        "The escalation delay cannot be negative. Enter 0 for no escalation.",
    )
    _somebody_is_told = models.Constraint(
        "CHECK (tell_salesperson OR tell_leader OR COALESCE(tell_director, FALSE))",
        "Choose at least one recipient: salesperson, leader or director.",
    )

    @api.depends("alert_ids.state")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_alert_count(self):
        alerts = dict(
            self.env["sales.alert"]._read_group(
                [("rule_id", "in", self.ids), ("state", "!=", "closed")],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.alert_count = alerts.get(rule._origin, 0)

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._trigger_evaluation()
        return rules

    def write(self, vals):
        res = super().write(vals)
        self._trigger_evaluation()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_warnings(self):
        # sudo: includes warnings that the user may not see.
        for rule in self.sudo().filtered("alert_ids"):
            raise UserError(
                self.env._(
                    "%(rule)s has given warnings. Archive it to stop it.",
                    rule=rule.name,
                )
            )

    def unlink(self):
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            # sudo: rules of an uninstalled add-on take all their warnings along.
            self.sudo().alert_ids.unlink()
        return super().unlink()

    @api.readonly
    def action_open_alerts(self):
        self.ensure_one()
        domain = [("rule_id", "=", self.id)]
        return open_records(
            self.env, "sales_efficiency_base.sales_alert_action", domain, name=self.name
        )

    @api.model
    def _trigger_evaluation(self):
        """Schedule an evaluation of all rules right after this transaction."""
        self.env.ref("sales_efficiency_base.ir_cron_alerts")._trigger()

    def _get_judgements(self, since=None):
        """Return the judgements of the rules, one for each kind.

        :param since: see ``_evaluate_rules`` of ``sales.alert``
        :return: list of :class:`Judgement`
        """
        rules = self.with_context(sales_alert_since=since)
        return [
            getattr(same, f"_judge_{kind}")()
            for kind, same in rules.grouped("kind").items()
            if hasattr(same, f"_judge_{kind}")
        ]
