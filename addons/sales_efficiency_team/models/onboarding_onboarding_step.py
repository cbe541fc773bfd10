# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records


class OnboardingOnboardingStep(models.Model):
    """The first steps of the sales team (policy 4)."""

    _inherit = "onboarding.onboarding.step"

    # ------------------------------------------------------------------
    # Jobs and their selection
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_jobs(self):
        # sudo: how many jobs have criteria; directors recruit with HR.
        jobs = self.env["hr.job"].sudo().search(self._get_sales_company_domain())
        ready = jobs.filtered("sales_part_ids")
        return {
            "is_done": bool(ready),
            "state": bool(jobs)
            and self.env._(
                "Jobs with a selection: %(ready)s of %(total)s",
                ready=len(ready),
                total=len(jobs),
            ),
            "is_allowed": self.env["hr.job"].has_access("write"),
        }

    @api.model
    @api.readonly
    def action_open_sales_jobs(self):
        return open_records(
            self.env, "hr.action_hr_job", self._get_sales_company_domain()
        )

    # ------------------------------------------------------------------
    # Staffing
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_staffing(self):
        return self._describe_sales_records("sales.staffing.plan", state="approved")

    @api.model
    @api.readonly
    def action_open_sales_staffing(self):
        return self._open_sales_action("sales_staffing_plan_action")

    # ------------------------------------------------------------------
    # Courses
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_courses(self):
        count = self.env["sales.training.course"].search_count(
            self._get_sales_company_domain()
        )
        return {
            "is_done": bool(count),
            "state": count and self.env._("Courses: %s", count),
            "is_allowed": self.env["sales.training.course"].has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_courses(self):
        return self._open_sales_action("sales_training_course_action")

    # ------------------------------------------------------------------
    # Appraisals
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_template(self):
        templates = self.env["sales.appraisal.template"].search(
            self._get_sales_company_domain()
        )
        own = templates.filtered("company_id")
        return {
            # A company may well be content with the one that is ready.
            "is_done": bool(own) or self._get_sales_step_cycle()["is_done"],
            "state": (own or templates)[:1].name,
        }

    @api.model
    @api.readonly
    def action_open_sales_template(self):
        return self._open_sales_action("sales_appraisal_template_action")

    @api.model
    def _get_sales_step_cycle(self):
        cycle = self.env["sales.appraisal.cycle"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        return {"is_done": bool(cycle), "state": cycle.display_name}

    @api.model
    @api.readonly
    def action_open_sales_cycle(self):
        return self._open_sales_action("sales_appraisal_cycle_action")

    # ------------------------------------------------------------------
    # Conduct
    # ------------------------------------------------------------------

    @api.model
    def _get_sales_step_conduct(self):
        return self._describe_sales_records("sales.conduct.version", state="published")

    @api.model
    @api.readonly
    def action_open_sales_conduct(self):
        return self._open_sales_action("sales_conduct_version_action")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _describe_sales_records(self, model, state):
        """:return: whether a record of the company has reached a state; the last one"""
        domain = Domain("company_id", "=", self.env.company.id)
        records = self.env[model].search(domain)
        reached = records.filtered(lambda record: record.state == state)
        record = (reached or records)[:1]
        states = dict(records._fields["state"]._description_selection(self.env))
        return {
            "is_done": bool(reached),
            "state": bool(record) and f"{record.display_name}: {states[record.state]}",
        }

    @api.model
    def _open_sales_action(self, name):
        return self.env["ir.actions.act_window"]._for_xml_id(
            f"sales_efficiency_team.{name}"
        )
