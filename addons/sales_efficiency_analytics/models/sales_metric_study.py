# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError, ValidationError

STUDIES = ("sales.study", "sales.study.result")


class SalesMetric(models.Model):
    """Metrics as columns of the data of studies."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    @api.ondelete(at_uninstall=False)
    def _unlink_except_studied(self):
        """Keep the metrics that others are compared with: without them their questions
        have no answer."""
        for name in ("sales.study", "sales.study.template"):
            # sudo: questions of others count, too; none is named.
            questions = self.env[name].sudo().with_context(active_test=False)
            asked = questions.search([("metric_ids", "in", self.ids)])
            for metric in self & asked.metric_ids.sudo(False):
                raise UserError(
                    self.env._(
                        "Studies or ready questions ask about %(metric)s: archive it"
                        " instead.",
                        metric=metric.name,
                    )
                )

    def _get_column(self):
        """:return: the name of the metric in the data of a study"""
        self.ensure_one()
        return self.code or f"metric_{self.id}"

    def _check_same_for_all(self):
        """Refuse metrics that tell each user only what they may see: answers are kept,
        and others read them.

        :raise ValidationError: naming the first of them
        """
        for metric in self:
            if metric._depends_on_user():
                raise ValidationError(
                    self.env._(
                        "%(metric)s shows each user only what they may see, but what"
                        " is found is kept, and others read it. Choose another metric.",
                        metric=metric.name,
                    )
                )

    def _check_can_study(self):
        """:raise ValidationError: naming the first one that no study may ask about"""
        self._check_same_for_all()
        self._check_not_studied()

    def _check_not_studied(self):
        """Refuse metrics that studies themselves measure: they would measure each
        other.

        :raise ValidationError: naming the first of them
        """
        for metric in self:
            # sudo: parts may be of other companies; only the metric itself is named.
            parts = metric.sudo() | metric.sudo()._get_all_parts()
            parts |= parts._get_named()
            if any(part.method_model in STUDIES for part in parts):
                raise ValidationError(
                    self.env._(
                        "%(metric)s is measured by studies themselves. Choose another"
                        " metric.",
                        metric=metric.name,
                    )
                )
