# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import CareerProgress, SalesPeople

# More than there are levels, so that person and level make up one number
LEVELS = 2**20


class SalesCareerStanding(models.Model):
    """Where the people of the sales teams are on their paths, and what they still lack
    for the next level (policy 4.2.3).

    Everybody sees their own, leaders those of their people.
    """

    _name = "sales.career.standing"
    _description = "Career Standing"
    _auto = False
    _order = "path_id, employee_name, id"
    _rec_name = "employee_name"

    employee_id = fields.Many2one(comodel_name="hr.employee", readonly=True)
    employee_name = fields.Char(string="Person", readonly=True)
    user_id = fields.Many2one(comodel_name="res.users", string="User", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    path_id = fields.Many2one(
        comodel_name="sales.career.path", string="Path", readonly=True
    )
    level_id = fields.Many2one(
        comodel_name="sales.career.level", string="Level", readonly=True
    )
    next_level_id = fields.Many2one(
        comodel_name="sales.career.level", string="Next Level", readonly=True
    )
    next_job_id = fields.Many2one(
        comodel_name="hr.job", string="Next Job", readonly=True
    )
    since = fields.Date(string="In the Level Since", compute="_compute_progress")
    months = fields.Integer(string="Months in the Level", compute="_compute_progress")
    share = fields.Float(
        string="Met (%)", digits=(16, 1), compute="_compute_progress", aggregator=None
    )
    is_ready = fields.Boolean(
        string="Qualifies", compute="_compute_progress", search="_search_is_ready"
    )
    missing = fields.Text(string="Still Missing", compute="_compute_progress")
    conditions = fields.Html(
        string="What the Next Level Asks For", compute="_compute_progress"
    )
    is_own = fields.Boolean(compute="_compute_is_own", export_string_translation=False)

    _depends = {
        "crm.team": ["company_id", "sales_region_id"],
        "crm.team.member": ["active", "crm_team_id", "user_id"],
        "hr.employee": [
            "active",
            "company_id",
            "current_version_id",
            "name",
            "user_id",
        ],
        "hr.version": [
            "active",
            "contract_date_start",
            "date_version",
            "departure_date",
            "employee_id",
            "job_id",
        ],
        "sales.career.level": ["job_id", "path_id", "sequence"],
        "sales.career.path": ["active", "company_id"],
    }

    @property
    def _table_query(self):
        """One row for each person and path that has a level above theirs."""
        return SQL(
            """
            WITH person AS (%(people)s), level AS (
                SELECT level.id, level.path_id, level.job_id, path.company_id,
                       LEAD(level.id) OVER above AS next_id,
                       LEAD(level.job_id) OVER above AS next_job_id
                  FROM sales_career_level level
                  JOIN sales_career_path path
                    ON path.id = level.path_id AND path.active
                WINDOW above AS (
                       PARTITION BY level.path_id ORDER BY level.sequence, level.id))
            SELECT person.employee_id::bigint * %(levels)s + level.id AS id,
                   person.employee_id, employee.name AS employee_name,
                   person.user_id, person.company_id, person.team_id,
                   level.path_id, level.id AS level_id,
                   level.next_id AS next_level_id, level.next_job_id
              FROM person
              JOIN hr_employee employee ON employee.id = person.employee_id
              JOIN level ON level.job_id = person.job_id
                        AND level.company_id = person.company_id
             WHERE level.next_id IS NOT NULL
               AND employee.active
               AND (person.gone IS NULL OR person.gone >= %(today)s)
            """,
            people=SalesPeople.sql(),
            levels=LEVELS,
            today=self.env.company._get_sales_today(),
        )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("employee_id", "next_level_id")
    @api.depends_context("lang")
    def _compute_progress(self):
        progress = self._measure()
        for row in self:
            standing = progress.get(row)
            parts = standing.conditions if standing else []
            row.since = standing and standing.since
            row.months = standing.months if standing else 0
            row.share = standing.share if standing else 0.0
            row.is_ready = bool(standing and standing.is_ready)
            row.missing = "\n".join(
                part.describe(self.env) for part in parts if not part.is_met
            )
            row.conditions = self.env["ir.qweb"]._render(
                "sales_efficiency_team.sales_career_conditions", {"conditions": parts}
            )

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_own(self):
        for row in self:
            row.is_own = row.user_id == self.env.user

    @api.model
    def _search_is_ready(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Those whom the user may see: the rules apply.
        progress = self.search([("next_level_id", "!=", False)])._measure()
        ready = [row.id for row, standing in progress.items() if standing.is_ready]
        return Domain("id", "in", ready)

    def _measure(self):
        """:return: dict record -> :class:`.Standing`, in a fixed number of queries"""
        # sudo: whoever reads the row sees its person.
        rows = self.sudo()
        found = CareerProgress(self.env).get(rows.employee_id)
        by_level = {
            (employee.id, standing.level.id): standing
            for employee, standings in found.items()
            for standing in standings
        }
        return {
            row: by_level[key]
            for row, record in zip(self, rows, strict=True)
            if (key := (record.employee_id.id, record.level_id.id)) in by_level
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose_move(self):
        """Draft the promotion to the next level, for the leader to complete."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_career_move_action"
        )
        today = self.company_id._get_sales_today()
        return action | {
            "views": [(False, "form")],
            "view_mode": "form",
            "context": {
                "default_user_id": self.user_id.id,
                "default_company_id": self.company_id.id,
                "default_kind": "promotion",
                "default_job_id": self.next_job_id.id,
                "default_date": today.replace(day=1) + relativedelta(months=1),
            },
        }

    def action_plan_talk(self):
        """Open a new career talk with the person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_career_talk_action"
        )
        return action | {
            "views": [(False, "form")],
            "view_mode": "form",
            "context": {
                "default_user_id": self.user_id.id,
                "default_company_id": self.company_id.id,
                "default_level_id": self.next_level_id.id,
            },
        }
