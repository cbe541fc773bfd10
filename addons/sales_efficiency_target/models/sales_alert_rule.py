# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import (
    open_records,
    read_domain,
    try_domain,
)

from ..engine import TargetJudgement
from .sales_alert import select_periods

# Domain of each choice of ``applies_to``, except the company, which is computed
APPLIES_TO = {
    "all": [],
    "user": [("user_id", "!=", False)],
    "team": [("team_id", "!=", False), ("user_id", "=", False)],
    "region": [("region_id", "!=", False), ("team_id", "=", False)]
    + [("user_id", "=", False)],
}


class SalesAlertRule(models.Model):
    """Rules that warn about targets falling behind (policy 2.2.3)."""

    _inherit = "sales.alert.rule"

    kind = fields.Selection(
        selection_add=[("target", "Targets")],
        default="target",
        ondelete={"target": "cascade"},
    )
    purpose = fields.Selection(
        selection=[("sales", "Sales Targets")],
        string="Plans",
        default="sales",
        required=True,
        help="Which plans the rule watches.",
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
        selection=select_periods,
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
    has_milestones = fields.Boolean(
        string="Tell at 50, 90 and 100 %",
        help="Post a message on the target each time one of these shares is reached.",
    )
    target_count = fields.Integer(
        string="Watched Targets",
        compute="_compute_target_count",
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

    @api.depends(
        "kind", "purpose", "applies_to", "target_domain", "metric_id", "company_id"
    )
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_target_count(self):
        targets = self.env["sales.target"]
        for rule in self:
            # sudo: only tries out the domain; the count has the rights of the user.
            rule.target_count = (
                targets.search_count(rule._get_watched_domain())
                if rule.kind == "target" and rule._is_domain_valid(targets.sudo())
                else 0
            )

    @api.constrains("target_domain")
    def _check_target_domain(self):
        # As the user: a filter must not reveal fields that its author may not read.
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

    @api.readonly
    def action_open_targets(self):
        self.ensure_one()
        return open_records(
            self.env,
            self.env["sales.target"]._get_list_action(self.purpose),
            self._get_target_domain(),
            name=self.name,
        )

    def _is_domain_valid(self, targets):
        """:return: whether the filter is a valid domain for targets"""
        self.ensure_one()
        try:
            try_domain(targets, read_domain(self.target_domain))
        except ValueError:
            return False
        return True

    def _get_watched_domain(self):
        """:return: the :class:`Domain` of the watched targets, even if the user may not
        read the records that the filter refers to"""
        # sudo: evaluates the filter; record rules still limit what is counted.
        targets = self.env["sales.target"].sudo()
        return Domain("id", "in", targets._search(self._get_target_domain()))

    def _get_target_domain(self):
        """:return: the :class:`Domain` of the rule, evaluated with the user's rights"""
        self.ensure_one()
        domain = Domain("plan_id.state", "=", "running")
        domain &= Domain("plan_id.purpose", "=", self.purpose)
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

    def _judge_target(self):
        """Compare the results of running plans with the lines of the rules."""
        return TargetJudgement(self).get()
