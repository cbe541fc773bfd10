# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command


class SalesGuardMixin(models.AbstractModel):
    """What people can say of a record, and what they cannot.

    **Whoever names a record may read it.** Related and stored fields are computed as
    superuser, in forms even before anything is saved; and what the superuser has read
    is in the cache for everybody. So whoever knows the id of a record could have its
    values shown, by a record of their own that names it. The right to read it is
    checked where the name comes in: in a form, when a record is created or written,
    and in defaults.

    **What is not written by hand has no default by hand either**, see
    ``sales.default.mixin``. What holds for readonly fields holds for those in
    ``_guarded_fields``, which others than the author write.
    """

    _name = "sales.guard.mixin"
    _inherit = "sales.default.mixin"
    _description = "Input Guard"
    _guarded_fields = ()

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
                # A setting for all closes no form for those who may not read it.
                del values[name]
        return values

    @api.model
    def _is_default_guarded(self, field):
        return (
            field.readonly
            or field.name in self._guarded_fields
            # Superusers could link and so take away what the user may not even read.
            or (self.env.su and field.type in ("one2many", "many2many"))
        )

    def onchange(self, values, field_names, fields_spec):
        self._check_references([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_references(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_references([vals])
        return super().write(vals)

    def _check_references(self, vals_list):
        """Refuse values that name what the user may not read.

        :raise AccessError: as if the user had opened it
        """
        if not self.env.su:
            for records in self._get_unreadable(vals_list):
                records.check_access("read")

    def _get_unreadable(self, vals_list):
        """:return: list of recordsets named in values, which the user may not read"""
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
        """Return those that the user sees named anyway, though they may not open them.

        :param records: what the user may not read
        """
        return records.browse()

    def _collect_references(self, vals_list, references):
        """Add what values name anew, in lines too.

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
                if len(self) != 1 or ids != self[name].ids:
                    references[field.comodel_name].update(ids)
                comodel = self.env[field.comodel_name]
                if hasattr(comodel, "_collect_references"):
                    comodel._collect_references(lines, references)

    def _check_is_parent(self, field):
        """Only lines send values of a record, those of the form that they are in.

        Others would have figures computed for a record that they make up, which no
        right is checked on.
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
        """Read what clients and programs write into a relation.

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
        """:return: the ids that ``browse`` reads: each may be a list of them as well"""
        found = []
        for id_ in ids:
            found += id_ if isinstance(id_, list | tuple) else [id_]
        # Lines of a form that are not saved have texts; 7.0 finds what 7 does.
        return [int(id_) for id_ in found if isinstance(id_, int | float) and id_]
