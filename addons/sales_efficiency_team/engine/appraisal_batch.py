# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import bulk_create

from .superiors import Superiors


class AppraisalBatch:
    """Makes the appraisals of a cycle: a fixed number of statements for any number of
    people.

    :param cycle: a ``sales.appraisal.cycle``
    """

    def __init__(self, cycle):
        cycle.ensure_one()
        # sudo: who sells, leads, has which job and is appraised is needed of everybody.
        self._cycle = cycle.sudo()
        self.env = self._cycle.env
        self._company = self._cycle.company_id

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def find_people(self):
        """Return who is appraised: salespeople and leaders who sold for long enough,
        and sales support.

        :return: dict user → team
        """
        teams = Domain("company_id", "in", (False, self._company.id))
        members = self.env["crm.team.member"].search(
            Domain("crm_team_id", "any", teams) & Domain("user_id.active", "=", True)
        )
        latest = self._cycle._get_latest_start()
        people = {}
        # A team of the company comes before one that companies share.
        for member in members.sorted(lambda m: not m.crm_team_id.company_id):
            start = member.sales_start_date
            if not start or start <= latest:
                people.setdefault(member.user_id, member.crm_team_id)
        led = self.env["crm.team"].search(teams & Domain("user_id.active", "=", True))
        late = members.user_id - members.browse().user_id.union(*people)
        for team in led:
            if team.user_id not in late:
                people.setdefault(team.user_id, team)
        served = self.env["crm.team"].search(
            teams & Domain("sales_support_ids", "!=", False), order="id"
        )
        for team in served:
            for user in team.sales_support_ids - late:
                people.setdefault(user, team)
        return {
            user: team for user, team in people.items() if user._works_in(self._company)
        }

    def _find_appraisals(self):
        """:return: those of the cycle, kept out of the cache of its one2many field:
        users who may read less would get them from there"""
        return self.env["sales.appraisal"].search([("cycle_id", "=", self._cycle.id)])

    def follow_people(self):
        """Follow changes of team, job and superior until the calibration."""
        appraisals = self._find_appraisals()
        people = self.find_people()
        rows = self._describe(
            {
                appraisal.user_id: people.get(appraisal.user_id, appraisal.team_id)
                for appraisal in appraisals
                if appraisal.user_id.active
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sales_appraisal a
                   SET team_id = r.team_id, team_name = team.name,
                       job_id = r.job_id, job_name = job.name,
                       superior_id = r.superior_id, superior_name = sp.name,
                       user_name = p.name
                  FROM %(people)s
                 WHERE a.cycle_id = %(cycle_id)s AND a.user_id = r.user_id
                   AND a.state <> 'closed'
                """,
                people=self._sql_people(rows),
                cycle_id=self._cycle.id,
            )
        )
        appraisals.invalidate_recordset()

    def find_missing(self):
        """:return: the people without appraisal, of whom some may have no template"""
        people = self.find_people()
        users = self.env["res.users"].union(*people)
        return users - self._find_appraisals().user_id

    # ------------------------------------------------------------------
    # Appraisals
    # ------------------------------------------------------------------

    def make(self, users=None):
        """Make the appraisals that are missing, of those who have a template.

        :param users: only of these people, even if they sold for a short time
        :return: the new appraisals
        """
        people = self.find_people()
        if users is not None:
            teams = self.env["crm.team"]
            # sudo: who is in which team is no secret.
            people = {
                user: people.get(user)
                or user.crm_team_ids[:1]
                or user._get_served_teams(self._company)[:1]
                or teams
                for user in users.sudo()
            }
        made = self._find_appraisals().user_id
        rows = self._describe({u: t for u, t in people.items() if u not in made})
        if not rows:
            return self.env["sales.appraisal"]
        self.env.flush_all()
        with bulk_create.by_index(self.env.cr):
            ids = [id_ for [id_] in self.env.execute_query(self._insert(rows))]
            for statement in self._insert_lines(ids):
                self.env.cr.execute(statement)
        self._cycle.invalidate_recordset(["appraisal_ids"])
        return self.env["sales.appraisal"].browse(ids)

    def _describe(self, people):
        """:return: list of the keys of new appraisals, as JSON takes them"""
        jobs = self._find_jobs(people)
        templates = self.env["sales.appraisal.template"]._find_templates(
            self._company, self._cycle.rhythm
        )
        users = self.env["res.users"].union(*people)
        superiors = Superiors(users, self._company).find()
        rows = []
        for user in users:
            job_id = jobs.get(user.id, False)
            template = (
                (job_id and templates.get(job_id))
                or templates.get(user.sales_role_id)
                or templates.get(False)
            )
            if template:
                rows.append(
                    {
                        "user_id": user.id,
                        "team_id": people[user].id or None,
                        "job_id": job_id or None,
                        "template_id": template.id,
                        "superior_id": superiors[user][:1].id or None,
                    }
                )
        return rows

    def _find_jobs(self, people):
        """:return: dict user id → job id"""
        employees = self.env["hr.employee"].search_fetch(
            [
                ("user_id", "in", [user.id for user in people]),
                ("company_id", "=", self._company.id),
            ],
            ["user_id", "job_id"],
        )
        return {employee.user_id.id: employee.job_id.id for employee in employees}

    def _insert(self, rows):
        """Return the statement that makes appraisals, with all names of today."""
        return SQL(
            """
            INSERT INTO sales_appraisal
                   (cycle_id, company_id, rhythm, date_from, date_to, state, version,
                    user_id, user_name, team_id, team_name, job_id, job_name,
                    superior_id, superior_name, template_id, template_name,
                    template_version, min_raters, points, is_scored,
                    create_uid, create_date, write_uid, write_date)
            SELECT c.id, c.company_id, c.rhythm, c.date_from, c.date_to, c.state, 1,
                   u.id, p.name, team.id, team.name, job.id, job.name,
                   superior.id, sp.name, template.id, template.name,
                   template.version, template.min_raters, 0, FALSE,
                   %(uid)s, now.now, %(uid)s, now.now
              FROM %(people)s
              JOIN sales_appraisal_cycle c ON c.id = %(cycle_id)s
              JOIN sales_appraisal_template template ON template.id = r.template_id
             CROSS JOIN (SELECT now() AT TIME ZONE 'UTC' AS now) now
             ORDER BY p.name, u.id
            RETURNING id
            """,
            people=self._sql_people(rows),
            cycle_id=self._cycle.id,
            uid=self.env.uid,
        )

    @staticmethod
    def _sql_people(rows):
        """Return the FROM items with the names of people, teams and jobs."""
        return SQL(
            """
            jsonb_to_recordset(%s::jsonb)
                   AS r(user_id int, team_id int, job_id int, template_id int,
                        superior_id int)
              JOIN res_users u ON u.id = r.user_id
              JOIN res_partner p ON p.id = u.partner_id
              LEFT JOIN crm_team team ON team.id = r.team_id
              LEFT JOIN hr_job job ON job.id = r.job_id
              LEFT JOIN res_users superior ON superior.id = r.superior_id
              LEFT JOIN res_partner sp ON sp.id = superior.partner_id
            """,
            json.dumps(rows),
        )

    @classmethod
    def _insert_lines(cls, ids):
        """Yield the statements that copy the lines of the templates to appraisals."""
        yield SQL(
            """
            INSERT INTO sales_appraisal_kpi
                   (appraisal_id, sequence, name, metric_id, measures, target_from,
                    higher_is_better, weight, threshold, cap, target, missing,
                    is_counted)
            SELECT a.id, k.sequence, m.name, m.id, k.measures, k.target_from,
                   m.higher_is_better, k.weight, k.threshold, k.cap,
                   CASE WHEN k.target_from = 'value' THEN k.target_value END,
                   CASE WHEN k.target_from = 'value' THEN 'actual' ELSE 'target' END,
                   FALSE
              FROM sales_appraisal a
              JOIN sales_appraisal_template_kpi k ON k.template_id = a.template_id
              JOIN sales_metric m ON m.id = k.metric_id
             WHERE a.id = ANY(%s)
             ORDER BY a.id, k.sequence, k.id
            """,
            ids,
        )
        yield SQL(
            """
            INSERT INTO sales_appraisal_part
                   (appraisal_id, sequence, kind, weight, raters, missing, is_counted)
            SELECT a.id, p.sequence, p.kind, p.weight, 0, 'none', FALSE
              FROM sales_appraisal a
              JOIN sales_appraisal_template_part p ON p.template_id = a.template_id
             WHERE a.id = ANY(%s)
             ORDER BY a.id, p.sequence, p.id
            """,
            ids,
        )
        yield SQL(
            """
            INSERT INTO sales_appraisal_mark
                   (appraisal_id, sequence, kind, name, criterion_id, weight,
                    is_counted)
            SELECT a.id, c.sequence, p.kind, c.name, c.id, c.weight, FALSE
              FROM sales_appraisal a
              JOIN sales_appraisal_template_part p ON p.template_id = a.template_id
              JOIN sales_appraisal_criterion c ON c.template_id = a.template_id
               AND CASE p.kind WHEN 'superior' THEN c.for_superior
                               WHEN 'peer' THEN c.for_peer
                               WHEN 'customer' THEN c.for_customer
                               WHEN 'report' THEN c.for_report
                               WHEN 'self' THEN c.for_self END
             WHERE a.id = ANY(%s)
             ORDER BY a.id, p.sequence, c.sequence, c.id
            """,
            ids,
        )

    # ------------------------------------------------------------------
    # Templates
    # ------------------------------------------------------------------

    @classmethod
    def take_templates(cls, appraisals):
        """Copy the present lines of their templates to open appraisals.

        What people rate is kept: it is by criterion.
        """
        env, ids = appraisals.env, appraisals.ids
        env.flush_all()
        for table in ("kpi", "part", "mark"):
            env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE appraisal_id = ANY(%s)",
                    SQL.identifier(f"sales_appraisal_{table}"),
                    ids,
                )
            )
        cls.keep_templates(appraisals)
        env.cr.execute(
            SQL(
                "UPDATE sales_appraisal a SET min_raters = t.min_raters,"
                " template_name = t.name FROM sales_appraisal_template t"
                " WHERE t.id = a.template_id AND a.id = ANY(%s)",
                ids,
            )
        )
        for statement in cls._insert_lines(ids):
            env.cr.execute(statement)
        env.invalidate_all()

    @staticmethod
    def keep_templates(appraisals):
        """Note that appraisals keep their lines, whatever has changed since."""
        appraisals.env.flush_all()
        appraisals.env.cr.execute(
            SQL(
                "UPDATE sales_appraisal a SET template_version = t.version"
                " FROM sales_appraisal_template t"
                " WHERE t.id = a.template_id AND a.id = ANY(%s)",
                appraisals.ids,
            )
        )
        appraisals.invalidate_recordset(["template_version", "is_outdated"])
