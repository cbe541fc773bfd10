# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import ImportedTargets, import_words


class SalesImportTargets(models.AbstractModel):
    """Monthly figures of targets: a month a row, or months as columns."""

    _name = "sales.import.targets"
    _inherit = "sales.import.subject"
    _description = "Import of Targets"
    _code = "targets"
    _target = "sales.target"
    _required = ("month", "amount", "plan_id", "metric_id")
    _day = "month"
    # A rate is written as 41 or 41 %.
    # Targets are called by what lists show, not by a field of their own.
    _kinds = {"month": "month", "amount": "percent", "parent_id": "text"}
    _is_money_only = False
    _names_as_columns = ("user_id", "team_id", "region_id", "categ_id", "channel_id")
    _also_called = {"user_id": ("login",), "month": ("date",)}
    _words = {
        "amount": import_words.AMOUNT,
        "metric_id": import_words.METRIC,
        "parent_id": import_words.PARENT,
    }
    _existing_choices = ("skip", "replace")

    # ------------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------------

    def _get_fields(self):
        targets = self.env[self._target]
        names = ("month", "amount", *targets._get_naming_dimensions())
        names = (*names, "metric_id", "plan_id", "parent_id")
        return {name: self._get_field(name) for name in names}

    def _get_odoo_field(self, name):
        if name in ("month", "amount"):
            return self.env["sales.target.month"]._fields[name]
        return super()._get_odoo_field(name)

    def _get_labels(self, name):
        """A month of Odoo's own export is a line of the target."""
        labels = super()._get_labels(name)
        if name in ("month", "amount"):
            lines = self.env[self._target]._fields["month_ids"]
            heading = lines._description_string(self.env)
            return (
                *labels,
                *(f"{heading}/{label}" for label in labels),
                f"month_ids/{name}",
            )
        return labels

    def _get_domain(self, field):
        domain = super()._get_domain(field)
        company = self.env.company
        if field.comodel_name == "res.users":
            domain &= Domain("active", "=", True)
        if isinstance(field.domain, str) and field.name in (
            self.env[self._target]._get_dimensions()
        ):
            domain &= Domain(safe_eval(field.domain, {"company_id": company.id}))
        return domain

    def _get_given(self, record):
        return {n for n in ("plan_id", "metric_id") if record[f"target_{n}"]}

    def _get_year(self, record):
        """A plan that is a calendar year says it."""
        start = record.target_plan_id.date_from
        return start and start.month == 1 and start.year

    def _can_create_named(self, field):
        return False

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _get_scope(self, draft, values):
        """:return: plan, metric and dimensions of a row, by id"""
        record = draft.record
        names = ("plan_id", "metric_id", *self.env[self._target]._get_dimensions())
        scope = {name: draft.get_id(name, values.get(name)) for name in names}
        scope["plan_id"] = scope["plan_id"] or record.target_plan_id.id
        scope["metric_id"] = scope["metric_id"] or record.target_metric_id.id
        return scope

    def _complete(self, draft, rows):
        """A row that names neither plan nor metric, nor anything else of a target, is
        another month of the one above, as in Odoo's own export."""
        places = [
            draft.columns[name]
            for name in self._get_fields()
            if name in draft.columns and name not in ("month", "amount")
        ]
        if not {"plan_id", "metric_id"} & draft.columns.keys():
            yield from rows
            return
        above = None
        for row in rows:
            if above and all(row.get(place) is None for place in places):
                cells = [*row.cells, *[None] * (max(places) + 1 - len(row.cells))]
                for place in places:
                    cells[place] = above.get(place)
                row = row._replace(cells=cells)
            above = row
            yield row

    def _check_rows(self, draft):
        draft.targets = ImportedTargets(draft)
        draft.targets.check()

    def _find_existing(self, draft):
        draft.existing = draft.targets.find_existing()

    def _get_total_keys(self, draft, number, values):
        metric = self._get_scope(draft, values)["metric_id"]
        # Two targets of a person may differ by region only.
        keys = [("target", metric, draft.targets.get_name(number))]
        if self.env["sales.metric"].browse(metric)._is_additive():
            if name := draft.get_name(self._person, values):
                keys.append(("person", metric, name))
            if month := values.get("month"):
                keys += [("year", metric, month.year), ("month", metric, month)]
        return keys

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def _save(self, draft, tell):
        record, imported = draft.record, draft.targets
        left_out = draft.existing if record.on_existing == "skip" else set()
        changes = imported.get_changes(left_out)
        targets = self.env[self._target].with_context(tracking_disable=True)
        changed = targets.browse({id_ for id_, _month in changes})
        before = {
            (line.target_id.id, line.month): line.amount for line in changed.month_ids
        }
        spreads = [(target.id, target.spread) for target in changed]
        if changes:
            changed._set_months(changes)
        tell(len(changes))
        created = self._create_targets(imported, targets)
        # sudo: nobody else reads or writes what undoing restores.
        record.sudo().kept = {
            "created": created.ids,
            "changed": [
                (id_, month.isoformat(), before[id_, month], amount)
                for (id_, month), amount in changes.items()
            ],
            "figures": self._get_figures(created),
            "spreads": spreads,
        }
        return len(draft.get_new_rows())

    def _create_targets(self, imported, targets):
        created = {}
        for level in imported.get_levels():
            records = targets.create(
                [
                    targets._prepare_with_months(
                        new.values,
                        created.get(new.target.parent_id, new.target.parent_id),
                        new.amounts,
                    )
                    for new in level
                ]
            )
            created |= dict(zip((new.target for new in level), records, strict=True))
        return targets.union(*created.values())

    def _get_figures(self, targets):
        """:return: list of (id, month, figure) of all months of targets"""
        return [
            (line.target_id.id, line.month.isoformat(), line.amount)
            for line in targets.month_ids
        ]

    def _undo(self, record):
        # sudo: only the program has written it, see _write.
        kept = record.sudo().kept or {}
        targets = self.env[self._target].with_context(tracking_disable=True)
        created = targets.browse(kept.get("created", ())).exists()
        changes = {
            (id_, date.fromisoformat(month)): (before, after)
            for id_, month, before, after in kept.get("changed", ())
        }
        changed = targets.browse({id_ for id_, _month in changes}).exists()
        self._check_unchanged(kept, created, changed, changes)
        (created.plan_id + changed.plan_id)._check_targets_can_change()
        self._restore(
            changed,
            {key: before for key, (before, _after) in changes.items()},
            dict(kept.get("spreads", ())),
        )
        created.sorted("level", reverse=True).unlink()
        record.sudo().kept = False  # sudo: as above

    def _restore(self, targets, before, spreads):
        """Give targets back their figures, and how these are spread over the months.

        :param dict before: (id of the target, month) -> figure
        :param dict spreads: id of the target -> value of ``spread``
        """
        if not before:
            return
        amounts = {
            (line.target_id.id, line.month): line.amount for line in targets.month_ids
        }
        for target in targets:
            # This spreads the year anew; the figures follow.
            target.spread = spreads.get(target.id, "manual")
        targets._set_months(amounts | before, spread=targets)

    def _check_unchanged(self, kept, created, changed, changes):
        """
        :raise UserError: naming a target that has been changed since the import
        """
        figures = {
            (id_, date.fromisoformat(month)): amount
            for id_, month, amount in kept.get("figures", ())
        }
        figures |= {key: after for key, (_before, after) in changes.items()}
        for line in (created + changed).month_ids:
            target = line.target_id
            expected = figures.get((target.id, line.month), line.amount)
            if target._round(expected - line.amount):
                self._refuse_undo(target)
        if others := created.child_ids - created:
            self._refuse_undo(others[0].parent_id)

    def _refuse_undo(self, target):
        raise UserError(
            self.env._(
                "%s has been changed since the import. Take the change back, or change"
                " the targets in the plan.",
                target.display_name,
            )
        )

    def _get_action(self, record):
        # sudo: ids only; record rules decide which targets are shown.
        kept = record.sudo().kept or {}
        ids = {*kept.get("created", ()), *(row[0] for row in kept.get("changed", ()))}
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_action",
            [("id", "in", sorted(ids))],
        )
