# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import repeat

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, float_round, formatLang

from odoo.addons.sales_efficiency_base.tools import Period, allocate


class SalesTargetSpread(models.AbstractModel):
    """How the year of a target is spread over its months (policy 2.1.1, 2.1.3).

    Months add up to the year, to the cent; where parts do not add up (a rate), each
    month has the figure of the year.
    """

    _name = "sales.target.spread"
    _description = "Spreading of a Sales Target"

    spread = fields.Selection(
        selection=[
            ("equal", "In equal parts"),
            ("parent", "Same as parent target"),
            ("seasonality", "Like last year"),
            ("distribution", "By a monthly distribution"),
            ("manual", "By hand"),
        ],
        required=True,
        default="equal",
        help="How the yearly target is spread over the months.",
    )
    considers_leave = fields.Boolean(
        string="Relief for Leave",
        help="Months with planned leave get a lower target when the year is spread"
        " like the parent target.",
    )
    distribution_id = fields.Many2one(
        comodel_name="sales.target.distribution",
        string="Monthly Distribution",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )

    # ------------------------------------------------------------------
    # Constraints and actions
    # ------------------------------------------------------------------

    @api.constrains("spread", "distribution_id", "parent_id")
    def _check_distribution(self):
        for target in self:
            if target.spread == "distribution" and not target.distribution_id:
                raise ValidationError(
                    self.env._(
                        "Choose the monthly distribution of %(target)s.",
                        target=target.display_name,
                    )
                )
            if target.spread == "parent" and not target.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(target)s has no parent target. Choose another way to"
                        " spread it.",
                        target=target.display_name,
                    )
                )

    def action_spread(self):
        """Spread the year over its months anew."""
        self.check_access("write")
        self.plan_id._check_targets_can_change()
        self._check_is_decided_here()
        self._spread_amount()

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    def _spread_amount(self):
        """Write the months so that they add up to the year, to the cent.

        Where parts do not add up (a rate), each month has the figure of the year.
        """
        steps = self._get_steps()
        self._keep_amount(steps)
        weights = self._get_weights()
        rows = []
        for plan, targets in self.grouped("plan_id").items():
            months = plan._get_months()
            for target in targets:
                amount = target.amount
                amounts = [amount] * len(months)
                if target.is_additive:
                    amounts = allocate(amount, weights[target], steps[target])
                rows += zip(repeat(target.id), months, amounts, strict=False)
        self.env["sales.target.month"]._set_amounts(rows)

    def _keep_amount(self, steps):
        """Take the year, rounded, for what its months come to: they are made from it,
        so that many thousands of them need not be read.

        :param dict steps: target -> what its figures are multiples of
        """
        field = self._fields["amount"]
        # The computation of this one asks for that of the year.
        self.mapped("is_additive")
        self.env.remove_to_compute(field, self)
        rounded = {
            target: float_round(target.amount, precision_rounding=step)
            for target, step in steps.items()
        }
        uneven = self.filtered(lambda target: rounded[target] != target.amount)
        with self.env.protecting([field], uneven):
            for target in uneven:
                target.amount = rounded[target]
        uneven.modified(["amount"])

    def _complete_months(self):
        """Add the months that were left out, with 0: a target has all 12."""
        missing = [
            {"target_id": target.id, "month": month}
            for target in self
            for month in set(target.plan_id._get_months()).difference(
                target.month_ids.mapped("month")
            )
        ]
        self.env["sales.target.month"].create(missing)

    def _check_year(self, year):
        """Refuse a year that is not what its months come to.

        :param float year: the figure that was given beside the months, or None
        """
        if year and self._round(year - self.amount):
            raise ValidationError(
                self.env._(
                    "The months of %(target)s add up to %(months)s, not to %(year)s."
                    " Leave out the year or the months.",
                    target=self.display_name,
                    months=formatLang(self.env, self.amount),
                    year=formatLang(self.env, year),
                )
            )

    def _set_months(self, amounts):
        """Set figures by hand, of many targets at once.

        :param dict amounts: (id of the target, month) -> figure
        """
        self.plan_id._check_targets_can_change()
        self._check_is_decided_here()
        self.spread = "manual"
        for line in self.month_ids:
            key = (line.target_id.id, line.month)
            if key in amounts:
                line._set_amount(amounts[key])

    def _get_weights(self):
        """:return: dict target -> 12 weights, by which the year is spread"""
        weights = {target: [1] * 12 for target in self}
        for target in self.filtered(lambda target: target.spread == "distribution"):
            weights[target] = target.distribution_id._get_weights()
        presences = self._get_presences()
        manual = self.filtered(lambda target: target.spread == "manual")
        sources = {target: target for target in manual} | {
            part: parent
            for parent, parts in self.filtered(lambda t: t.spread == "parent")
            .grouped("parent_id")
            .items()
            for part in parts
        }
        # The shape of the year above shows in the months below, no figure.
        amounts = self.browse().union(*set(sources.values()))._get_month_amounts()
        for target, source in sources.items():
            if source in amounts:
                weights[target] = target._weigh_presence(amounts[source], presences)
        weights |= self.filtered(lambda t: t.spread == "seasonality")._get_seasonality()
        return weights

    def _get_month_amounts(self):
        """Read what targets ask for in all months, in one query however many there are.

        :return: dict target -> figures in the order of months, if there are any; who
            may see them is up to the caller
        """
        months = self.env["sales.target.month"]
        months.flush_model(["target_id", "month", "amount"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT target_id, array_agg(amount::float8 ORDER BY month)
                  FROM sales_target_month
                 WHERE target_id = ANY(%s)
                 GROUP BY target_id
                """,
                self.ids,
            )
        )
        amounts = dict(rows)
        return {target: amounts[target.id] for target in self if target.id in amounts}

    def _get_presences(self):
        """:return: dict target -> share of a full target that each month can ask for,
        for people who get their months from the target above"""
        presences = {}
        for (plan, considers_leave), targets in (
            self.filtered(lambda target: target.spread == "parent" and target.user_id)
            .grouped(lambda target: (target.plan_id, target.considers_leave))
            .items()
        ):
            members = {}
            for (user, _team), same in targets.grouped(
                lambda target: (target.user_id, target.team_id)
            ).items():
                member = user.crm_team_member_ids._get_sales_membership(same[:1])
                members |= dict.fromkeys(same, member)
            shares = (
                self.env["crm.team.member"]
                .union(*set(members.values()))
                ._get_sales_presences(plan._get_months(), considers_leave)
            )
            presences |= {
                target: shares[member] for target, member in members.items() if member
            }
        return presences

    def _weigh_presence(self, weights, presences):
        """Take newcomers and leave into account in what people get from above."""
        if self not in presences:
            return weights
        return [
            weight * share
            for weight, share in zip(weights, presences[self], strict=True)
        ]

    def _get_seasonality(self):
        """Return the months of the year before as weights (policy 2.1.1).

        One evaluation for all targets of a plan and metric. Where nothing was sold,
        months weigh the same; a month with more returned than sold weighs nothing.
        """
        weights = {}
        for (plan, metric), targets in self.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            periods = [
                Period.month(month).previous_year() for month in plan._get_months()
            ]
            scopes = {target: target._get_scope() for target in targets}
            values = metric._evaluate(scopes.values(), periods)
            for target, scope in scopes.items():
                figures = [values[metric.id, scope, period] for period in periods]
                weights[target] = [max(figure or 0, 0) for figure in figures]
        return weights
