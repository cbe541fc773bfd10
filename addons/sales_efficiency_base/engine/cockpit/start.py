# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from .panel import Panel


class Start(Panel):
    """The first steps of a new company, for its directors, until it is set up."""

    key = "start"
    follows_choice = False

    def is_visible(self):
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            return False
        # A sample must be in sight until it is removed.
        if self._sample == "loaded":
            return True
        if progress := self._onboarding.current_progress_id:
            # A director has hidden the steps, or asked for them.
            return not progress.is_onboarding_closed
        if self.env["onboarding.onboarding.step"]._is_sales_company_set_up():
            return False
        return not all(step["is_done"] for step in self._steps)

    def get_data(self):
        return {"steps": self._steps, "sample": self._sample}

    @cached_property
    def _sample(self):
        return self.env["sales.sample"].get_state()

    @cached_property
    def _onboarding(self):
        """The records are for administrators only."""
        # sudo: the texts of the steps are no secret.
        return self.env.ref("sales_efficiency_base.onboarding_onboarding_start").sudo()

    @cached_property
    def _steps(self):
        return [self._describe(step) for step in self._onboarding.step_ids.sorted()]

    def _describe(self, step):
        # What there is, is found with the rights of the user.
        return {
            "is_allowed": True,
            "code": step.sales_code,
            "title": step.title,
            "description": step.description,
            "button": step.button_text,
            "open": step.panel_step_open_action_name,
            "state": False,
            "proposal": False,
            **self.env[step._name]._get_sales_step(step.sales_code),
        }
