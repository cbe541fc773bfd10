# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.tools import SQL, float_round, formatLang
from odoo.tools.mail import plaintext2html

from odoo.addons.sales_efficiency_base.tools import (
    MAX_FIGURE,
    SHORT_MONTH,
    allocate,
    format_period,
)

from .spread import Spread

MONTHS = 12


class PlanEdit:
    """Figures of a plan edited on its page: spread, passed down, saved together.

    What is passed in comes from a client: nothing of it is trusted. The number of
    queries grows with the levels of the tree, not with the number of targets.

    :param plan: a ``sales.target.plan`` record in the environment of the user
    :param list edits: see the methods
    :param dict figures: target id -> months that are entered, but not saved yet
    :raise UserError: if the user cannot change one of the targets
    """

    def __init__(self, plan, edits, figures=None):
        self.env = plan.env
        self._plan = plan
        self._months = plan._get_months()
        self._edits = edits
        self._targets = self._find_targets(self._read_ids(edits, figures or {}))
        self._by_id = {target.id: target for target in self._targets}
        self._unsaved = self._read_figures(figures or {})

    def _read_ids(self, edits, figures):
        if not isinstance(edits, list) or not isinstance(figures, dict):
            self._refuse()
        try:
            ids = {edit["id"] for edit in edits} | {int(id_) for id_ in figures}
        except (TypeError, ValueError, LookupError):
            self._refuse()
        if not all(type(id_) is int for id_ in ids):
            self._refuse()
        return ids

    def _find_targets(self, ids):
        self._plan._check_targets_can_change()
        targets = self.env["sales.target"].search(
            [("id", "in", list(ids)), ("plan_id", "=", self._plan.id)]
        )
        if len(targets) < len(ids):
            raise UserError(
                self.env._(
                    "Some targets have been deleted, or are no longer yours. Reload"
                    " the page."
                )
            )
        targets.check_access("write")
        targets._check_is_decided_here()
        return targets

    def _refuse(self):
        raise UserError(self.env._("These figures cannot be read. Reload the page."))

    # ------------------------------------------------------------------
    # Spread and pass down
    # ------------------------------------------------------------------

    def spread(self, passes_down=False):
        """Spread changed quarters and years over their months, as saving does.

        The edits are dicts of the ``id`` of a target, its ``first`` and ``last`` month
        (0 to 11) and their new ``amount``.

        :param bool passes_down: whether the parts follow by the same shares
        :return: dict target id -> months of all targets that change
        """
        unsaved = dict(self._unsaved)
        asked = defaultdict(list)
        for edit in self._edits:
            asked[self._get_target(edit)].append(self._read_span(edit))
        changed = {}
        while asked:
            # Parents first: they shape their parts.
            depth = min(self._get_depth(target) for target in asked)
            level = self._targets.browse(
                target.id for target in asked if self._get_depth(target) == depth
            )
            before = self._get_present(level, unsaved)
            spans = {target: asked.pop(target) for target in level}
            after = self._spread_level(level, spans, before, unsaved)
            unsaved |= after
            changed |= after
            if passes_down:
                for part, amount in self._pass_down(level, before, after, unsaved):
                    if part not in asked and part not in changed:
                        asked[part] = [(0, MONTHS - 1, amount)]
        return {str(target.id): months for target, months in changed.items()}

    def _get_depth(self, target):
        return target.parent_path.count("/")

    def _spread_level(self, targets, spans, before, unsaved):
        """:return: dict target -> months after the edit"""
        after = {target: list(before[target]) for target in targets}
        for target, months in after.items():
            for first, last, amount in spans[target]:
                if first == last:
                    months[first] = target._round(amount)
        spread = Spread(targets, unsaved | after)
        weights = spread.get_weights()
        for target, months in after.items():
            # Quarters before the year; a total that fits its months changes nothing.
            for first, last, amount in sorted(spans[target], key=self._get_width):
                part = slice(first, last + 1)
                amount = target._round(amount)
                if amount != self._get_figure(target, months[part]):
                    months[part] = spread.split(target, amount, weights[target][part])
        return after

    def _pass_down(self, targets, before, after, unsaved):
        """Yield the parts of changed targets, with what they get by the same shares."""
        parts = targets.child_ids._filtered_access("write")
        present = self._get_present(parts, unsaved)
        for (whole, _breakdown), same in parts.grouped(
            lambda part: (part.parent_id, part.breakdown)
        ).items():
            old, new = sum(before[whole]), sum(after[whole])
            if not whole.is_additive or not old or old == new:
                continue
            years = [sum(present[part]) for part in same]
            total = whole._round(sum(years) * new / old)
            amounts = allocate(total, years, whole._get_step())
            yield from zip(same, amounts, strict=True)

    def _get_present(self, targets, unsaved):
        """:return: dict target -> months as they are on the page"""
        zeros = dict.fromkeys(targets, [0.0] * MONTHS)
        saved = targets._get_month_amounts()
        return zeros | saved | {t: unsaved[t] for t in targets if t in unsaved}

    # ------------------------------------------------------------------
    # Save
    # ------------------------------------------------------------------

    def save(self):
        """Save the figures, or none of them.

        The edits are dicts of the ``id`` of a target, its 12 ``months``, and what they
        were when the page read them (``was``).

        :return: list of dicts: ``id`` of the target, number of the ``month``, what is
            wrong as ``message``, and the present figure (``now``) if it has changed
        """
        months = {self._get_target(edit): edit.get("months") for edit in self._edits}
        was = {self._get_target(edit): edit.get("was") for edit in self._edits}
        if errors := self._find_unusable(months):
            return errors
        after, before = self._read_figures(months), self._read_figures(was)
        self._lock()
        if errors := self._find_conflicts(before, after):
            return errors
        self._write(before, after)
        return []

    def _find_unusable(self, figures):
        return [
            {
                "id": target.id,
                "month": number,
                "message": self.env._(
                    "Enter a number from 0 to %s.",
                    formatLang(self.env, MAX_FIGURE, digits=0),
                ),
            }
            for target, months in figures.items()
            for number, figure in enumerate(self._check_length(months))
            if not self._is_usable(figure)
        ]

    def _lock(self):
        """Let concurrent changes wait; if one was faster, Odoo repeats this request,
        which then sees it."""
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM sales_target WHERE id = ANY(%s) ORDER BY id"
                " FOR NO KEY UPDATE",
                self._targets.ids,
            )
        )

    def _find_conflicts(self, before, after):
        """Find the figures that others have changed since the page read them."""
        present = self._get_present(self._targets, {})
        return [
            {
                "id": target.id,
                "month": number,
                "now": now,
                "message": self.env._(
                    "Somebody has changed this figure to %s meanwhile. Discard your"
                    " changes to see it.",
                    target._format_figure(now),
                ),
            }
            for target, months in present.items()
            for number, now in enumerate(months)
            if target._round(now - before[target][number])
            and target._round(now - after[target][number])
        ]

    def _write(self, before, after):
        targets = self._targets.with_context(tracking_disable=True)
        targets._complete_months()
        changes = {
            target: [
                (month, *figures)
                for month, *figures in zip(
                    self._months, before[target], after[target], strict=True
                )
                if target._round(figures[1] - figures[0])
            ]
            for target in targets
        }
        changed = targets.filtered(changes.get)
        amounts = {
            (target.id, month): new
            for target in changed
            for month, _old, new in changes[target]
        }
        changed._set_months(amounts, self._find_spread(changed, after))
        self._log(changed, changes)

    def _find_spread(self, targets, figures):
        """:return: the targets whose months are those of their spread"""
        targets = targets.filtered(lambda target: target.spread != "manual")
        spread = Spread(targets, figures)
        weights = spread.get_weights()
        return targets.filtered(
            lambda target: figures[target]
            == spread.split(
                target, self._get_figure(target, figures[target]), weights[target]
            )
        )

    @staticmethod
    def _get_figure(target, months):
        """:return: the sum of months, or the mean of a rate"""
        total = sum(months)
        return target._round(total if target.is_additive else total / len(months))

    @staticmethod
    def _get_width(span):
        first, last, _amount = span
        return last - first

    def _log(self, targets, changes):
        """Log the changes on each target, in one batch unlike tracking."""
        bodies = {
            target.id: Markup("%s<br/>%s")
            % (
                self.env._("Changed on the page of the plan:"),
                plaintext2html(
                    "\n".join(map(self._describe, changes[target])),
                    with_paragraph=False,
                ),
            )
            for target in targets
        }
        targets._message_log_batch(bodies)

    def _describe(self, change):
        month, old, new = change
        return self.env._(
            "%(month)s: %(present)s → %(new)s",
            month=format_period(self.env, month, SHORT_MONTH),
            present=formatLang(self.env, old),
            new=formatLang(self.env, new),
        )

    # ------------------------------------------------------------------
    # Input
    # ------------------------------------------------------------------

    def _get_target(self, edit):
        return self._by_id[edit["id"]]

    def _read_span(self, edit):
        first, last, amount = (edit.get(key) for key in ("first", "last", "amount"))
        if first not in range(MONTHS) or last not in range(first, MONTHS):
            self._refuse()
        if not self._is_usable(amount):
            self._refuse()
        return int(first), int(last), amount

    def _read_figures(self, figures):
        """:return: dict target -> rounded months"""
        by_id = {str(getattr(key, "id", key)): value for key, value in figures.items()}
        steps = self._targets._get_steps()
        read = {}
        for target in self._targets:
            if str(target.id) not in by_id:
                continue
            months = self._check_length(by_id[str(target.id)])
            if not all(map(self._is_usable, months)):
                self._refuse()
            read[target] = [
                float_round(figure, precision_rounding=steps[target])
                for figure in months
            ]
        return read

    def _check_length(self, months):
        if not isinstance(months, list) or len(months) != MONTHS:
            self._refuse()
        return months

    @staticmethod
    def _is_usable(figure):
        # False for NaN and texts
        return type(figure) in (int, float) and 0 <= figure <= MAX_FIGURE
