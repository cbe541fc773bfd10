# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.allocation import AllocationScore, TargetShift
from ..engine.verdicts import AllocationVerdict

ADDON = "sales_efficiency_analytics"


class SalesAllocation(models.Model):
    """What a scenario is worth, today and then, in figures and in words."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.allocation"

    customer_count = fields.Integer(
        string="Number of Customers", readonly=True, copy=False
    )
    workload = fields.Float(string="Work (Hours)", readonly=True, copy=False)
    capacity = fields.Float(
        string="Capacity (Hours)", compute="_compute_capacity", store=True
    )
    move_count = fields.Integer(string="Moves", readonly=True, copy=False)
    override_count = fields.Integer(string="Overridden", readonly=True, copy=False)
    overloaded_count = fields.Integer(
        string="People Overloaded", readonly=True, copy=False
    )
    value_now = fields.Monetary(string="Value Today", readonly=True, copy=False)
    value_new = fields.Monetary(string="Value Then", readonly=True, copy=False)
    value_gain = fields.Monetary(
        string="Gain", compute="_compute_value_gain", store=True
    )
    spread_now = fields.Float(
        string="Spread Today (Points)",
        digits=(16, 1),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Highest less lowest load, in percent of capacity.",
    )
    spread_new = fields.Float(
        string="Spread Then (Points)",
        digits=(16, 1),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Highest less lowest load, in percent of capacity.",
    )
    highest_now = fields.Float(
        string="Highest Load Today (%)",
        digits=(16, 1),
        readonly=True,
        copy=False,
        aggregator="max",
    )
    highest_new = fields.Float(
        string="Highest Load Then (%)",
        digits=(16, 1),
        readonly=True,
        copy=False,
        aggregator="max",
    )
    target_count = fields.Integer(
        string="Targets Concerned",
        readonly=True,
        copy=False,
        help="Personal targets of running plans, of people who gain or lose customers.",
    )
    verdict = fields.Html(
        string="Result in Words", compute="_compute_verdict", sanitize=False
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("person_ids.capacity")
    def _compute_capacity(self):
        for allocation in self:
            allocation.capacity = sum(allocation.person_ids.mapped("capacity"))

    @api.depends("value_now", "value_new")
    def _compute_value_gain(self):
        for allocation in self:
            allocation.value_gain = allocation.value_new - allocation.value_now

    @api.depends(
        "found",
        "progress",
        "move_count",
        "override_count",
        "value_new",
        "spread_new",
    )
    @api.depends_context("lang")
    def _compute_verdict(self):
        for allocation in self:
            # It would be that of another question.
            if not allocation.found or allocation.progress == "outdated":
                allocation.verdict = False
                continue
            headline, *others = AllocationVerdict(allocation).sentences()
            items = (Markup("<li>%s</li>") % text for text in others)
            allocation.verdict = Markup("<h4>%s</h4><ul>%s</ul>") % (
                headline,
                Markup("").join(items),
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_lines(self):
        """Show who gets which customer."""
        return self._open("sales_allocation_line_action")

    @api.readonly
    def action_open_moves(self):
        """Show the customers that somebody else gets."""
        action = self._open("sales_allocation_line_action")
        return action | {"context": {"search_default_moves": 1}}

    @api.readonly
    def action_open_changes(self):
        """Show what was changed, record by record."""
        return self._open("sales_allocation_change_action")

    @api.readonly
    def action_open_compared(self):
        """Show the people of some scenarios side by side."""
        self.check_access("read")
        return open_records(
            self.env,
            f"{ADDON}.sales_allocation_person_action",
            [("allocation_id", "in", self.ids)],
            name=self.env._("Scenarios Compared"),
        )

    @api.readonly
    def action_open_targets(self):
        """Show the personal targets that the moves concern."""
        self.ensure_one()
        self.check_access("read")
        targets = TargetShift(self).find_targets()
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_action",
            [("id", "in", targets.ids)],
            name=self.env._("Targets Concerned"),
        )

    @api.readonly
    def action_open_adjustments(self):
        """Show the adjustments of targets that were proposed."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_adjustment_action",
            [("allocation_id", "=", self.id)],
            name=self.env._("Target Adjustments"),
        )

    def _open(self, xml_id):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            f"{ADDON}.{xml_id}",
            [("allocation_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _score(self):
        """Add up what the assignment is worth, and whom it loads how much."""
        for allocation in self:
            # sudo: nobody writes the score; it is of what the user may write.
            AllocationScore(allocation.sudo()).store()
