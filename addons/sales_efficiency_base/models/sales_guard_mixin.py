# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict
from math import isfinite

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tools import format_list, ormcache

from ..tools import MAX_INTEGER

DISCUSSION = ("message_", "activity_")


class SalesGuardMixin(models.AbstractModel):
    """Checks user input for references to unreadable records and for forged defaults.

    **Users may only reference records that they may read.** Related and stored fields
    are computed as superuser, in forms even before anything is saved, and values read
    as superuser stay in the cache. A user who knows the id of a record could therefore
    see its values through a record of their own that references it. Read access is
    checked wherever a reference enters: in forms, on create and write, and in defaults.

    **Users cannot write stored readonly fields**, not even by call, nor change the
    fields in ``_fixed_fields`` once they are set: only code does, as superuser. Neither
    do these fields take defaults from users, see ``sales.default.mixin``; nor those in
    ``_guarded_fields``, which somebody other than the author writes.
    """

    _name = "sales.guard.mixin"
    _inherit = "sales.default.mixin"
    _description = "Input Guard"
    _guarded_fields = ()
    _fixed_fields = ()
    # False if records hold only the work of their user, e.g. of a wizard
    _protects_readonly = True

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.su:
            return values
        for name, value in list(values.items()):
            field = self._fields.get(name)
            if field is None or self._is_default_guarded(field):
                continue
            if f"default_{name}" in self.env.context:
                self._check_references([{name: value}])
            elif self._get_unreadable([{name: value}]):
                # A default for everybody must not break the form for some.
                del values[name]
        return values

    @api.model
    def _is_default_guarded(self, field):
        return (
            field.readonly
            or field.name in self._guarded_fields
            # As superuser, links could detach lines that the user may not even read.
            or (self.env.su and field.type in ("one2many", "many2many"))
        )

    def onchange(self, values, field_names, fields_spec):
        self._check_references([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_protected({name for vals in vals_list for name in vals})
        self._check_references(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_protected(vals)
        self._check_fixed(vals)
        self._check_references([vals])
        return super().write(vals)

    @api.model
    @ormcache("self._name")
    def _get_protected_fields(self):
        """:return: names of the fields that only code writes"""
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and name not in models.MAGIC_COLUMNS
        )

    @api.model
    def _get_fixed_fields(self):
        """:return: names of the fields that never change after creation"""
        return frozenset(self._fixed_fields)

    @api.model
    def _check_protected(self, names):
        """Refuse values for fields that only code writes.

        :raise AccessError: naming the fields
        """
        if self.env.su or self._transient or not self._protects_readonly:
            return
        if protected := self._get_protected_fields().intersection(names):
            raise AccessError(
                self.env._(
                    "The system sets these fields, so they cannot be edited: %s.",
                    self._label_fields(protected),
                )
            )

    @api.model
    def _check_fixed(self, names):
        """Refuse values for fields that never change after creation.

        :raise AccessError: naming the fields
        """
        if self.env.su:
            return
        if fixed := self._get_fixed_fields().intersection(names):
            raise AccessError(
                self.env._(
                    "These fields cannot change any more: %s. Create a new record"
                    " instead.",
                    self._label_fields(fixed),
                )
            )

    @api.model
    def _get_content(self, names):
        """:return: the set of names without fields of messages and activities"""
        return {name for name in names if not name.startswith(DISCUSSION)}

    @api.model
    def _label_fields(self, names):
        labels = (self._fields[name]._description_string(self.env) for name in names)
        return format_list(self.env, sorted(labels))

    def _check_references(self, vals_list):
        """Refuse values that reference records the user may not read.

        :raise AccessError: the same as on opening the record
        """
        if not self.env.su:
            for records in self._get_unreadable(vals_list):
                records.check_access("read")

    def _get_unreadable(self, vals_list):
        """:return: list of the referenced recordsets that the user may not read"""
        references = defaultdict(set)
        self._collect_references(vals_list, references)
        unreadable = []
        for model, ids in references.items():
            records = self.env[model].browse(ids)
            if records := records - records._filtered_access("read"):
                unreadable += filter(None, [records - self._filter_known(records)])
        return unreadable

    @api.model
    def _filter_known(self, records):
        """Return the records whose names the user sees anyway, without access.

        :param records: records that the user may not read
        """
        return records.browse()

    def _collect_references(self, vals_list, references):
        """Collect newly referenced records, including those in lines.

        :param dict references: model -> set of ids
        """
        for vals in vals_list:
            for name, value in vals.items():
                field = self._fields.get(name)
                if not value or field is None or not field.relational:
                    continue
                if isinstance(value, dict):
                    self._check_is_parent(field)
                ids, lines = self._parse_reference(value)
                self._check_ids(field, ids)
                if len(self) != 1 or ids != self[name].ids:
                    references[field.comodel_name].update(ids)
                comodel = self.env[field.comodel_name]
                if hasattr(comodel, "_collect_references"):
                    comodel._collect_references(lines, references)

    def _check_ids(self, field, ids):
        """Refuse numbers that no record can have, before the database does.

        :raise ValidationError: naming the field
        """
        for id_ in ids:
            # NaN is not less than any number either.
            if not abs(id_) <= MAX_INTEGER:
                raise ValidationError(self._explain_sales_input(field, id_))

    def _check_is_parent(self, field):
        """Accept the values of a record only from its own lines in a form.

        Otherwise figures would be computed for a made-up record, on which no access
        right can be checked.
        """
        if not self.pool.field_inverses[field]:
            raise AccessError(
                self.env._(
                    "%(field)s must give the ID of a record, not values.",
                    field=field._description_string(self.env),
                )
            )

    @api.model
    def _parse_reference(self, value):
        """Parse a value written to a relational field.

        :param value: an id, a record, a line, or a list of commands, ids and lines
        :return: ids, and values of lines
        """
        if isinstance(value, models.BaseModel):
            return value.ids, []
        ids, lines = [], []
        for command in value if isinstance(value, list | tuple) else [value]:
            if isinstance(command, dict):
                ids.append(command.get("id"))
                lines.append(command)
            elif isinstance(command, list | tuple):
                code, id_, content = (*command, None, None)[:3]
                if code == Command.SET:
                    ids += content or []
                elif code in (Command.LINK, Command.UPDATE):
                    ids.append(id_)
                if code in (Command.CREATE, Command.UPDATE):
                    lines.append(content or {})
            else:
                ids.append(command)
        return self._parse_ids(ids), lines

    @api.model
    def _parse_ids(self, ids):
        """:return: the ids as ``browse`` reads them: an item may be a list itself"""
        found = []
        for id_ in ids:
            found += id_ if isinstance(id_, list | tuple) else [id_]
        # Unsaved lines have strings as ids; 7.0 finds the same record as 7.
        return [
            id_ if isinstance(id_, float) and not isfinite(id_) else int(id_)
            for id_ in found
            if isinstance(id_, int | float) and id_
        ]
