# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict, namedtuple
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile

from odoo.fields import Domain
from odoo.tools import float_compare, float_round
from odoo.tools.safe_eval import safe_eval

from odoo.addons.sales_efficiency_base.engine import importing
from odoo.addons.sales_efficiency_base.engine.importing import (
    clean,
    name_cell,
    read_month,
)
from odoo.addons.sales_efficiency_base.tools import format_period

from .target_sheet import EXPORTED, FIRST_ROW, HEADING_ROW, MONTH, get_scope_keys

# Errors of openpyxl for files that are no workbooks or lack our sheets
BROKEN = (BadZipFile, IndexError, KeyError, OSError, SyntaxError, ValueError)

Problem = namedtuple("Problem", "row cell reason")
Problem.__doc__ = "A cell that cannot be taken: row number, address like F12, reason."

Change = namedtuple("Change", "month exported present new")
Change.__doc__ = "A figure of a target that the file has changed."


@dataclass
class NewTarget:
    """A row without ID: a target to be created.

    :param int row: number of its row
    :param values: values of the target without parent and months
    :param parent: record of the parent target, or the number of its row, or None
    :param amounts: dict month -> amount
    """

    row: int
    values: dict = field(default_factory=dict)
    parent: object = None
    amounts: dict = field(default_factory=dict)


class TargetSheetReader:
    """Compares the workbook of a plan with the plan, and collects all problems.

    It reads the plan with the rights of the user, in a fixed number of queries, and
    does not change anything.

    :param plan: ``sales.target.plan`` record
    :param bytes content: the XLSX file
    """

    def __init__(self, plan, content):
        self.env, self.plan = plan.env, plan
        self._scope_keys = get_scope_keys(plan.env)
        self.problems = []
        self.changes = defaultdict(list)  # target -> changes without conflict
        self.conflicts = defaultdict(list)  # target -> changed by others, too
        self.unchanged = plan.env["sales.target"]
        self.new = {}  # number of the row -> NewTarget, parents first
        self._columns, self._months, self._rows, self._exported = {}, {}, {}, {}
        if self._load(content) and self._read_headings():
            self._read_rows()

    # ------------------------------------------------------------------
    # File
    # ------------------------------------------------------------------

    def _load(self, content):
        """Read the cells.

        :return: whether the file is a workbook of targets
        """
        # Not when Odoo starts: where numpy is installed, openpyxl loads it.
        from openpyxl import load_workbook

        try:
            importing.list_sheets(content)  # refuses what is made to harm
            workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
            rows = workbook.worksheets[0].iter_rows(values_only=True)
            self._cells = {
                number: [clean(value) for value in row]
                for number, row in enumerate(rows, 1)
            }
            exported = workbook[EXPORTED].iter_rows(values_only=True)
            keys = next(exported, ())
            self._exported = {
                row[0]: dict(zip(keys, map(clean, row), strict=True))
                for row in exported
            }
        except importing.UnreadableFile as error:
            self._add_problem(self.env._(error.reason))
            return False
        except BROKEN:
            self._add_problem(
                self.env._(
                    "This is not the workbook of a plan. Export the plan, change the"
                    " file, save it as XLSX, and import it here."
                )
            )
            return False
        return True

    def _read_headings(self):
        """Find the columns by their keys, and the months by their headings.

        :return: whether the rows can be read
        """
        for place, key in enumerate(self._cells.get(1, [])):
            if key == MONTH:
                self._read_month(place)
            elif key in ("id", "parent_id", *self._scope_keys):
                self._columns[key] = place
        missing = {"id", "parent_id", *self._scope_keys}.difference(self._columns)
        if missing or not (self._months or self.problems):
            self._add_problem(
                self.env._(
                    "Columns of the export are missing. Leave all columns, and the"
                    " first hidden row, as they are."
                )
            )
        return not self.problems

    def _read_month(self, place):
        value = self._get(HEADING_ROW, place)
        name = read_month(value)
        month = name and name.on(None)
        if month is None or month not in self.plan._get_months():
            reason = self.env._(
                "%(month)s is not a month of %(plan)s.",
                month=format_period(self.env, month)
                if month
                else value or self.env._("An empty heading"),
                plan=self.plan.name,
            )
            self._add_problem(reason, HEADING_ROW, place)
        elif month in self._months.values():
            reason = self.env._("This month has more than one column.")
            self._add_problem(reason, HEADING_ROW, place)
        else:
            self._months[place] = month

    def _get(self, row, place):
        cells = self._cells[row]
        return cells[place] if place < len(cells) else None

    def _add_problem(self, reason, row=0, place=None):
        if isinstance(place, str):
            place = self._columns[place]
        cell = name_cell(place, row) if place is not None else ""
        self.problems.append(Problem(row, cell, reason))

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _read_rows(self):
        # The ORM prefetches the months of all these targets together.
        self._targets = {
            target.id: target
            for target in self.env["sales.target"].search(
                [("plan_id", "=", self.plan.id)]
            )
        }
        new = []
        places = [*self._columns.values(), *self._months]
        for row in self._cells:
            if row < FIRST_ROW or all(self._get(row, p) is None for p in places):
                continue
            if self._get(row, self._columns["id"]) is None:
                new.append(row)
            else:
                self._read_target(row)
        self._new_rows = set(new)
        self._names = self._find_names(new)
        for row in new:
            self._read_new(row)
        self._check_new()
        self.problems.sort()

    def _read_target(self, row):
        """Compare a row with the target of its ID."""
        id_ = self._get(row, self._columns["id"])
        target = self._targets.get(id_) if type(id_) in (int, float) else None
        if target is None or id_ not in self._exported:
            self._add_problem(
                self.env._(
                    "%(id)s is not a target of %(plan)s in this export. Clear the ID"
                    " to add a new target.",
                    id=id_,
                    plan=self.plan.name,
                ),
                row,
                "id",
            )
            return
        if target in self._rows:
            self._add_problem(
                self.env._("The target is already in row %s.", self._rows[target]),
                row,
                "id",
            )
            return
        self._rows[target] = row
        for key in ("parent_id", *self._scope_keys):
            if self._get(row, self._columns[key]) != self._exported[id_][key]:
                self._add_problem(
                    self.env._(
                        "The scope and the parent of a target cannot be changed"
                        " here. Open the target to change them."
                    ),
                    row,
                    key,
                )
        self._compare_months(row, target, self._exported[id_])

    def _compare_months(self, row, target, exported):
        present = {line.month: line.amount for line in target.month_ids}
        step = target._get_step()
        for place, month in self._months.items():
            amount = self._read_amount(row, place, step)
            if amount is None:
                continue
            change = Change(month, exported[month.isoformat()], present[month], amount)
            if self._is_same(change.exported, amount, step) or self._is_same(
                change.present, amount, step
            ):
                continue
            if target.is_decided_above:
                self._add_problem(target._get_decided_above(), row, place)
            is_ours = self._is_same(change.exported, change.present, step)
            (self.changes if is_ours else self.conflicts)[target].append(change)
        if target not in self.changes and target not in self.conflicts:
            self.unchanged |= target

    def _is_same(self, one, other, step):
        return not float_compare(one, other, precision_rounding=step)

    def _read_amount(self, row, place, step, default=None):
        """:return: the amount in a cell; None, with a problem added, if invalid"""
        value = self._get(row, place)
        if value is None and default is not None:
            return default
        reason = None
        if value is None:
            reason = self.env._("The figure is missing. Write 0 for no target.")
        elif type(value) not in (int, float):
            reason = self.env._("%s is not a number.", value)
        elif value < 0:
            reason = self.env._("A target cannot be negative: %s.", value)
        if reason:
            self._add_problem(reason, row, place)
            return None
        return float_round(value, precision_rounding=step)

    # ------------------------------------------------------------------
    # New targets
    # ------------------------------------------------------------------

    def _find_names(self, rows):
        """Look up the names in new rows, with one query per column.

        :return: dict (key, name) -> records of that name
        """
        found = {}
        for key in self._scope_keys:
            names = {self._get(row, self._columns[key]) for row in rows} - {None}
            found |= self._find_names_of(key, {str(name) for name in names})
        return found

    def _find_names_of(self, key, names):
        field_ = self.env["sales.target"]._fields[key]
        model = self.env[field_.comodel_name]
        if not names:
            return {}
        columns = [*(model._rec_names_search or [model._rec_name]), "name"]
        domain = Domain.OR(Domain(column, "in", list(names)) for column in columns)
        records = model.search(domain & self._get_domain(key, model))
        found = {}
        # Prefer the full name: a plain name may match several nodes.
        for column in dict.fromkeys(columns):
            for name, same in records.grouped(lambda r, c=column: r[c]).items():
                if name in names:
                    found.setdefault((key, name), same)
        return found

    def _get_domain(self, key, model):
        domain = Domain.TRUE
        field_ = self.env["sales.target"]._fields[key]
        company_id = self.plan.company_id.id
        if field_.check_company and "company_id" in model._fields:
            domain &= Domain("company_id", "in", [False, company_id])
        if field_.domain:
            names = {"company_id": company_id}
            domain &= Domain(safe_eval(field_.domain, names))
        return domain

    def _read_new(self, row):
        new = self.new[row] = NewTarget(row)
        new.values["plan_id"] = self.plan.id
        for key in self._scope_keys:
            record = self._read_name(row, key)
            new.values[key] = record.id if record else False
        self._read_parent(row, new)
        metric = self.env["sales.metric"].browse(new.values["metric_id"])
        if metric:
            step = metric._get_step(self.plan.company_id)
            for place, month in self._months.items():
                new.amounts[month] = self._read_amount(row, place, step, default=0.0)
        elif self._get(row, self._columns["metric_id"]) is None:
            self._add_problem(
                self.env._("Enter the metric of the new target."), row, "metric_id"
            )

    def _read_name(self, row, key):
        name = self._get(row, self._columns[key])
        if name is None:
            return None
        records = self._names.get((key, str(name)))
        if not records:
            reason = self.env._("There is no %s, or it is not for this company.", name)
        elif len(records) > 1:
            reason = self.env._("Several are called %s. Write the full name.", name)
        else:
            return records
        self._add_problem(reason, row, key)
        return None

    def _read_parent(self, row, new):
        value = self._get(row, self._columns["parent_id"])
        if value is None:
            return
        if type(value) in (int, float) and value in self._targets:
            new.parent = self._targets[value]
            return
        number = str(value).removeprefix("#")
        if str(value).startswith("#") and number.isdecimal():
            targets = {line: target for target, line in self._rows.items()}
            if int(number) in targets:
                new.parent = targets[int(number)]
                return
            if int(number) in self._new_rows and int(number) != row:
                new.parent = int(number)
                return
        self._add_problem(
            self.env._(
                "%s is neither the ID of a target of this plan nor # and the number of"
                " another row, like #12.",
                value,
            ),
            row,
            "parent_id",
        )

    def _check_new(self):
        """Order new rows by level, and check them as targets."""
        ordered, waiting = {}, dict(self.new)
        while waiting:
            ready = [
                row
                for row, new in waiting.items()
                if not isinstance(new.parent, int) or new.parent in ordered
            ]
            if not ready:
                break
            ordered |= {row: waiting.pop(row) for row in ready}
        for row in waiting:
            self._add_problem(
                self.env._("It would become its own parent. Choose another parent."),
                row,
                "parent_id",
            )
        self.new = ordered
        if not self.problems:
            self._check_scopes()

    def _check_scopes(self):
        places = {self._get_place(target): None for target in self._targets.values()}
        drafts = {}
        for row, new in self.new.items():
            values = new.values | {"parent_id": drafts.get(new.parent, new.parent)}
            drafts[row] = self.env["sales.target"].new(values)
        # One recordset, so that related records are prefetched together
        targets = self.env["sales.target"].concat(*drafts.values())
        misfits = targets._get_misfits()
        foreign = self._find_foreign_parents()
        for new, target in zip(self.new.values(), targets, strict=True):
            row = new.row
            reason = misfits.get(target)
            if new.parent in foreign:
                reason = target._get_decided_above()
            if reason:
                self._add_problem(reason, row, "parent_id")
            place = tuple(new.values[key] for key in self._scope_keys)
            if place in places:
                reason = self.env._(
                    "The plan already has a target with this scope and metric."
                )
                if places[place]:
                    reason = self.env._(
                        "Row %s has the same scope and metric.", places[place]
                    )
                self._add_problem(reason, row, "metric_id")
            places[place] = row

    def _find_foreign_parents(self):
        """:return: parents of new targets that the user may not break down"""
        parents = self.env["sales.target"].union(
            *(
                new.parent
                for new in self.new.values()
                if new.parent and not isinstance(new.parent, int)
            )
        )
        return set(parents - parents._filtered_access("write"))

    def _get_place(self, target):
        return tuple(target[key].id for key in self._scope_keys)
