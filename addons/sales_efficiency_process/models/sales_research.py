# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns

from ..engine.market import get_next_day

# Researches in one transaction
BATCH = 100


class SalesResearch(models.Model):
    """A question about the market that is asked once or again and again (policy 3.1.1).

    Each time is a round, which is due on a day.
    """

    _name = "sales.research"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Market Research"
    _order = "date_next, name, id"
    _check_company_auto = True

    name = fields.Char(string="Question", required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    topic = fields.Selection(
        selection=[
            ("industry", "Industry"),
            ("competitor", "Competitors"),
            ("demand", "Demand"),
            ("other", "Other"),
        ],
        required=True,
        default="industry",
        tracking=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Its meetings hear the conclusions. Leave empty for all meetings of the"
        " company.",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        help="If it is about a single customer.",
    )
    competitor_ids = fields.Many2many(
        comodel_name="sales.competitor", string="Competitors", check_company=True
    )
    rhythm = fields.Selection(
        selection=[
            ("once", "Once"),
            ("monthly", "Monthly"),
            ("quarterly", "Quarterly"),
        ],
        required=True,
        default="quarterly",
        tracking=True,
    )
    date_first = fields.Date(
        string="First Due On",
        required=True,
        default=lambda self: fields.Date.add(
            self.env.company._get_sales_today(), months=1
        ),
        tracking=True,
    )
    description = fields.Html(string="What to Find Out")
    round_ids = fields.One2many(
        comodel_name="sales.research.round",
        inverse_name="research_id",
        string="Rounds",
    )
    date_next = fields.Date(
        string="Next Due",
        compute="_compute_date_next",
        store=True,
        help="Day on which the earliest open round is due.",
    )
    finding_count = fields.Integer(string="Findings", compute="_compute_counts")
    action_count = fields.Integer(string="Action Items", compute="_compute_counts")

    @api.depends("round_ids.state", "round_ids.date_due")
    def _compute_date_next(self):
        for research in self:
            open_rounds = research.round_ids.filtered(lambda r: r.state == "open")
            research.date_next = min(
                filter(None, open_rounds.mapped("date_due")), default=False
            )

    @api.depends_context("uid")
    @api.depends("round_ids.finding_ids", "round_ids.action_ids")
    def _compute_counts(self):
        findings = self._count("sales.research.finding", "round_id.research_id")
        actions = self._count("sales.action", "research_round_id.research_id")
        for research in self:
            research.finding_count = findings.get(research._origin.id, 0)
            research.action_count = actions.get(research._origin.id, 0)

    def _count(self, model, path):
        """Count records of rounds by research.

        :param str path: from the records to the research
        :return: dict id of a research → number
        """
        name = path.split(".")[0]
        groups = self.env[model]._read_group(
            [(path, "in", self.ids)], [name], ["__count"]
        )
        counts = {}
        for round_, count in groups:
            research_id = round_.research_id.id
            counts[research_id] = counts.get(research_id, 0) + count
        return counts

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        researches = super().create(vals_list)
        researches._begin_rounds()
        return researches

    def write(self, vals):
        res = super().write(vals)
        if "user_id" in vals:
            # sudo: whoever hands a research over hands over its open rounds.
            rounds = self.sudo().round_ids.filtered(lambda r: r.state == "open")
            rounds.user_id = vals["user_id"]
        if "date_first" in vals:
            self._move_first_rounds()
        if not {"active", "rhythm", "date_first"}.isdisjoint(vals):
            self._begin_rounds()
            # sudo: see above
            self.sudo().round_ids._follow_research()
        return res

    def unlink(self):
        """Rounds go with their to-dos, unless they hold findings that are kept."""
        self.round_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Rounds
    # ------------------------------------------------------------------

    @api.model
    def _cron_begin_rounds(self):
        """Begin rounds that follow on others, and remind of open ones."""
        cron = self.env["ir.cron"]
        researches = self.search([("active", "=", True)], order="id")
        cron._commit_progress(remaining=len(researches))
        while researches:
            batch, researches = researches[:BATCH], researches[BATCH:]
            batch._begin_rounds()
            self.env["sales.research.round"].search(
                [("research_id", "in", batch.ids), ("state", "=", "open")]
            )._plan_to_dos()
            # All of them, however long it takes: the next run would begin anew.
            cron._commit_progress(len(batch), remaining=len(researches))

    def _move_first_rounds(self):
        """Move the rounds that nobody has worked on to the day that counts now."""
        # sudo: only code moves rounds; the responsible person may be another one.
        for research in self.sudo():
            first = research.round_ids
            if len(first) == 1 and first.state == "open" and not first.finding_ids:
                first.date_due = research.date_first

    def _begin_rounds(self):
        """Begin the rounds whose time has come. Twice does no harm."""
        # sudo: only code begins rounds; the responsible person may be another one.
        researches = self.sudo().filtered("active")
        take_turns(researches)
        last = researches._read_last_rounds()
        vals_list = []
        for research in researches:
            today = research.company_id._get_sales_today()
            ended, running = last.get(research, (None, None))
            if running and running >= today:
                continue
            due = get_next_day(
                research.date_first,
                research.rhythm,
                max(filter(None, (ended, running)), default=None),
                today,
            )
            if due:
                vals_list.append(
                    {
                        "research_id": research.id,
                        "user_id": research.user_id.id,
                        "date_due": due,
                    }
                )
        # sudo: users do not begin rounds themselves.
        self.env["sales.research.round"].sudo().create(vals_list)

    def _read_last_rounds(self):
        """:return: dict research → days of the last round that has ended, and of the
        last open one"""
        groups = self.env["sales.research.round"]._read_group(
            [("research_id", "in", self.ids)],
            ["research_id", "state"],
            ["date_due:max"],
        )
        days = {}
        for research, state, day in groups:
            ended, running = days.get(research, (None, None))
            if state == "open":
                running = day
            else:
                ended = max(ended or day, day)
            days[research] = (ended, running)
        return days

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_findings(self):
        self.ensure_one()
        open_rounds = self.round_ids.filtered(lambda r: r.state == "open")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_research_finding_action",
            [("research_id", "=", self.id)],
            name=self.env._("Findings: %s", self.name),
            context={"default_round_id": open_rounds[-1:].id},
        )

    @api.readonly
    def action_open_actions(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("research_round_id.research_id", "=", self.id)],
            name=self.env._("Action Items: %s", self.name),
        )
