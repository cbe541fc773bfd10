# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from uuid import uuid4

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

from ..engine import EmployeeFinder, ImportField, NameFinder, get_placeholder

# What directors may have made for unknown names without any other right to it
NAMED_BY_DIRECTORS = ("product.category", "res.users")
KINDS = {
    "date": "date",
    "float": "number",
    "monetary": "number",
    "many2one": "record",
    "selection": "choice",
}


class SalesImportSubject(models.AbstractModel):
    """What a file contains. An add-on adds a subject by inheriting this model and
    extending the selection ``subject`` of ``sales.import`` by its code.

    - _code: value of ``sales.import.subject``
    - _target: model of the records
    - _field_names: what a column may say, more important fields first
    - _figure, _day: in a matrix, what its cells and its months are
    - _kinds: kinds of columns that differ from the type of the field
    - _existing_choices: what may be done with rows that are there already
    - _person: whom the preview adds up by
    - _money: amounts of money, which a file may give in thousands or in a currency
    - _is_money_only: False if they may be counts or rates, depending on the row
    - _also_called: further keys of the vocabulary of headings, by field
    - _words: further headings, by field, beside those of the vocabulary
    - _names_as_columns: what the columns of a matrix may be the names of
    """

    _name = "sales.import.subject"
    _description = "Subject of an Import"
    _code = None
    _target = None
    _field_names = ()
    _required = ()
    _figure = "amount"
    _day = "date"
    _person = "user_id"
    _kinds = {}
    _existing_choices = ("skip", "replace", "add")
    _money = ("amount",)
    _is_money_only = True
    _names_as_columns = ()
    _also_called = {"date": ("month",), "user_id": ("login",)}
    _words = {}

    @api.model
    def _get_subjects(self):
        """:return: dict code -> model"""
        models_ = map(self.env.get, self.pool.descendants([self._name], "_inherit"))
        return {model._code: model for model in models_ if model._code}

    # ------------------------------------------------------------------
    # Columns
    # ------------------------------------------------------------------

    @api.model
    def _get_fields(self):
        """:return: dict name -> :class:`.ImportField`"""
        return {name: self._get_field(name) for name in self._field_names}

    @api.model
    def _get_field(self, name):
        field = self._get_odoo_field(name)
        return ImportField(
            name,
            self._kinds.get(name) or KINDS.get(field.type, "text"),
            field,
            name in self._required,
            self._get_domain(field) if field.type == "many2one" else Domain.TRUE,
        )

    @api.model
    def _get_odoo_field(self, name):
        return self.env[self._target]._fields[name]

    @api.model
    def _get_labels(self, name):
        """:return: what Odoo itself calls the field, in all languages"""
        field = self._get_odoo_field(name)
        languages = (code for code, _name in self.env["res.lang"].get_installed())
        labels = (
            field._description_string(self.env(context={"lang": lang}))
            for lang in ("en_US", *languages)
        )
        return tuple(dict.fromkeys((*labels, name)))

    @api.model
    def _get_domain(self, field):
        """:return: which records a name may mean: those of the company"""
        comodel = self.env[field.comodel_name]
        company = self.env.company
        if comodel._name == "res.users":
            # Those who have left without ever having had a user: see _create_person
            placeholder = Domain("active", "=", False) & Domain("group_ids", "=", False)
            return Domain("company_ids", "in", company.ids) & (
                Domain("share", "=", False) | placeholder
            )
        if "company_id" in comodel._fields:
            return Domain("company_id", "in", [False, company.id])
        return Domain.TRUE

    @api.model
    def _get_given(self, record):
        """:return: names of required fields that need no column in this import"""
        return set()

    @api.model
    def _get_year(self, record):
        """:return: the year of months that do not say it; False to ask"""
        return False

    @api.model
    def _get_day(self, month):
        """:return: the value of ``_day`` for a month that is a column"""
        return month

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    @api.model
    def _complete(self, draft, rows):
        """Hook: fill cells of rows that continue the one above."""
        return rows

    @api.model
    def _check_rows(self, draft):
        """Hook: add what is wrong with rows that can be read."""

    @api.model
    def _find_existing(self, draft):
        """Hook: find out which rows are there already, and what they would replace."""

    @api.model
    def _after_put_back(self, records):
        """Hook: bring up to date what depends on records that undoing has restored."""

    @api.model
    def _get_total_keys(self, draft, number, values):
        """:return: list of (kind, id of a metric or False for money, key): the totals
        that a row counts in; the key is a name, a year or the first day of a month"""
        keys = [("person", False, draft.get_name(self._person, values))]
        if day := values.get(self._day):
            keys += [("year", False, day.year), ("month", False, day.replace(day=1))]
        return keys

    @api.model
    def _save(self, draft, tell):
        """Save the rows of a draft.

        :param tell: function of the number of rows saved so far
        :return: number of rows saved
        """
        raise NotImplementedError

    @api.model
    def _undo(self, record):
        """Take back all that an import has saved.

        :raise UserError: if something of it has been changed since
        """
        raise NotImplementedError

    @api.model
    def _get_action(self, record):
        """:return: action that shows what an import has saved"""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    @api.model
    def _find(self, field, names):
        """:return: dict name in the file -> :class:`.Match`: whom or what it means"""
        comodel = field.field.comodel_name
        found = NameFinder(self.env).find(comodel, names, field.domain)
        unknown = [name for name, match in found.items() if not match.records]
        if unknown and comodel == "res.users":
            found |= EmployeeFinder(self.env).find_users(unknown, field.domain)
        return found

    @api.model
    def _get_allowed(self, name, ids):
        """:return: set of "model,id": those of the records that a name in the column
        of a field may mean"""
        field = self._get_fields().get(name)
        if not field or field.kind != "record":
            return set()
        comodel = self.env[field.field.comodel_name].with_context(active_test=False)
        allowed = comodel.search(Domain("id", "in", ids) & field.domain)
        return {f"{comodel._name},{id_}" for id_ in allowed.ids}

    @api.model
    def _can_create_named(self, field):
        """:return: whether the user may have records made for unknown names"""
        comodel = field.comodel_name
        return comodel in NAMED_BY_DIRECTORS or self.env[comodel].has_access("create")

    @api.model
    def _create_named(self, field, name):
        """Create the record that the user wants for an unknown name."""
        comodel = self.env[field.comodel_name]
        if comodel._name in NAMED_BY_DIRECTORS:
            self._check_is_director()
        if comodel._name == "res.users":
            return self._create_person(name)
        if comodel._name == "product.category":
            # sudo: a product line is a name by which the past is divided; whatever else
            # a category says stays with those who keep the products.
            return comodel.sudo().create({"name": name}).with_env(self.env)
        return comodel.create({"name": name})

    @api.model
    def _check_is_director(self):
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise AccessError(
                self.env._("Only sales directors add people and product lines.")
            )

    @api.model
    def _create_person(self, name):
        """Create a user for somebody who has left or never had one: past sales are
        theirs, but nobody can log in by it. It is archived, belongs to no group and has
        no password."""
        employee = EmployeeFinder(self.env).find([name]).get(name)
        login = get_placeholder(employee) if employee else f"left-{uuid4()}"
        # sudo: directors may not create users; this one has no rights at all.
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        # A file may call one employee by badge and by name.
        present = users.with_context(active_test=False).search([("login", "=", login)])
        if present:
            return present.with_env(self.env)
        person = users.create(
            {
                "name": employee.name if employee else name,
                "login": login,
                "group_ids": [Command.clear()],
                "company_id": self.env.company.id,
                "company_ids": self.env.company.ids,
                "active": False,
            }
        )
        person.partner_id.active = False
        return person.with_env(self.env)
