# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import read_domain, try_domain

# The targets that a rule watches, besides its own filter
APPLIES_TO = {
    "all": [],
    "user": [("user_id", "!=", False)],
    "team": [("team_id", "!=", False), ("user_id", "=", False)],
    "region": [("region_id", "!=", False), ("team_id", "=", False)]
    + [("user_id", "=", False)],
}


class SalesAlertRule(models.Model):
    """When a target that falls behind is a warning, and for whom (policy 2.2.3)."""

    _name = "sales.alert.rule"
    _inherit = "sales.guard.mixin"
    _description = "Warning Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index="btree_not_null",
        help="Leave empty for all companies.",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Leave empty for all metrics.",
    )
    level = fields.Selection(
        selection=[
            ("base", "Base level"),
            ("target", "Target"),
            ("challenge", "Challenge level"),
        ],
        string="Compared With",
        default="target",
        required=True,
        help="Level of the target used for expected to date.",
    )
    applies_to = fields.Selection(
        selection=[
            ("all", "All targets"),
            ("user", "Targets of salespeople"),
            ("team", "Targets of teams"),
            ("region", "Targets of regions"),
            ("company", "Targets of the whole company"),
        ],
        default="all",
        required=True,
    )
    target_domain = fields.Char(
        string="Only Targets",
        default="[]",
        help="Narrows the targets further, e.g. to a product line or a channel.",
    )
    period = fields.Selection(
        selection=[
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("to_date", "Year to date"),
        ],
        default="month",
        required=True,
        help="Period used to compare actual with expected to date.",
    )
    warning_line = fields.Float(
        string="Warning Below",
        default=90.0,
        digits=(16, 1),
        help="In percent of expected to date.",
    )
    critical_line = fields.Float(
        string="Critical Below",
        default=75.0,
        digits=(16, 1),
        help="In percent of expected to date.",
    )
    min_elapsed = fields.Float(
        string="Not Before",
        default=30.0,
        digits=(16, 1),
        help="The rule starts after this share of the period's working days, so that"
        " it does not warn in the first days of a month.",
    )
    tell_salesperson = fields.Boolean(
        default=True,
        help="The person responsible for the target: the salesperson, or the leader"
        " of a team.",
    )
    tell_leader = fields.Boolean(
        default=True,
        help="The next leader above the person responsible for the target.",
    )
    tell_director = fields.Boolean(help="Person responsible for the plan.")
    escalate_days = fields.Integer(
        string="Escalate After",
        default=5,
        help="Days without an answer before the next leader above is notified.\n0:"
        " never.",
    )
    has_milestones = fields.Boolean(
        string="Tell at 50, 90 and 100 %",
        help="Post a message on the target each time one of these shares is reached.",
    )
    alert_ids = fields.One2many(
        comodel_name="sales.alert", inverse_name="rule_id", string="Warnings"
    )
    alert_count = fields.Integer(
        string="Open Warnings", compute="_compute_counts", compute_sudo=False
    )
    target_count = fields.Integer(
        string="Watched Targets",
        compute="_compute_counts",
        compute_sudo=False,
        help="Targets of running plans covered by the rule.",
    )

    _lines = models.Constraint(
        "CHECK (0 <= critical_line AND critical_line < warning_line"
        " AND warning_line <= 100)",
        "The critical line must be below the warning line, both between 0 and 100 %"
        " of expected to date.",
    )
    _min_elapsed_range = models.Constraint(
        "CHECK (min_elapsed BETWEEN 0 AND 100)",
        "A rule can start after 0 to 100 % of the working days.",
    )
    _escalate_days_positive = models.Constraint(
        "CHECK (escalate_days >= 0)",
        "The escalation delay cannot be negative. Enter 0 for no escalation.",
    )
    _somebody_is_told = models.Constraint(
        "CHECK (tell_salesperson OR tell_leader OR COALESCE(tell_director, FALSE))",
        "Choose at least one recipient: salesperson, leader or director.",
    )

    @api.depends("applies_to", "target_domain", "metric_id", "company_id")
    def _compute_counts(self):
        alerts = dict(
            self.env["sales.alert"]._read_group(
                [("rule_id", "in", self.ids), ("state", "!=", "closed")],
                ["rule_id"],
                ["__count"],
            )
        )
        targets = self.env["sales.target"]
        for rule in self:
            rule.alert_count = alerts.get(rule._origin, 0)
            rule.target_count = (
                targets.search_count(rule._get_watched_domain())
                if rule._is_domain_valid(targets.sudo())
                else 0
            )

    @api.constrains("target_domain")
    def _check_target_domain(self):
        # As the user: a filter must not tell of fields that its author may not read.
        targets = self.env["sales.target"].sudo(False)
        for rule in self:
            if not rule._is_domain_valid(targets):
                raise ValidationError(
                    self.env._(
                        "The filter of %(rule)s is not valid: %(domain)s. Use the"
                        " filter editor.",
                        rule=rule.name,
                        domain=rule.target_domain,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._trigger_evaluation()
        return rules

    def write(self, vals):
        res = super().write(vals)
        self._trigger_evaluation()
        return res

    def action_open_alerts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_alert_action"
        )
        return action | {
            "name": self.name,
            "domain": [("rule_id", "=", self.id)],
            "context": {},
        }

    def action_open_targets(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_action"
        )
        return action | {
            "name": self.name,
            "domain": list(self._get_target_domain()),
            "context": {},
        }

    @api.model
    def _trigger_evaluation(self):
        """Have all results judged as soon as this transaction is over."""
        self.env.ref("sales_efficiency_target.ir_cron_alerts")._trigger()

    def _is_domain_valid(self, targets):
        """:return: whether targets can be searched by the filter"""
        self.ensure_one()
        try:
            try_domain(targets, read_domain(self.target_domain))
        except ValueError:
            return False
        return True

    def _get_watched_domain(self):
        """:return: the :class:`Domain` of the targets that the rule watches, whatever
        the user may read of what its filter names"""
        targets = self.env["sales.target"].sudo()
        return Domain("id", "in", targets._search(self._get_target_domain()))

    def _get_target_domain(self):
        """:return: the :class:`Domain` of the targets that the rule watches"""
        self.ensure_one()
        domain = Domain("plan_id.state", "=", "running")
        domain &= self._get_applies_to_domain()
        domain &= read_domain(self.target_domain)
        if self.metric_id:
            domain &= Domain("metric_id", "=", self.metric_id.id)
        if self.company_id:
            domain &= Domain("company_id", "=", self.company_id.id)
        return domain

    def _get_applies_to_domain(self):
        self.ensure_one()
        if self.applies_to == "company":
            dimensions = self.env["sales.target"]._get_dimensions()
            return Domain.AND(Domain(name, "=", False) for name in dimensions)
        return Domain(APPLIES_TO[self.applies_to])

    def _sql_watched(self):
        """Return the SELECT of rule_id and target_id: who watches what."""
        # Which targets a rule watches does not depend on who may see them.
        targets = self.env["sales.target"].sudo()
        selects = [
            SQL(
                "SELECT %s AS rule_id, id AS target_id FROM sales_target t"
                " WHERE t.id IN %s",
                rule.id,
                targets._search(rule._get_target_domain()).subselect(),
            )
            for rule in self
        ]
        nothing = SQL("SELECT NULL::int AS rule_id, NULL::int AS target_id WHERE FALSE")
        return SQL(" UNION ALL ").join([nothing, *selects])
