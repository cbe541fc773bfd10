# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import unicodedata
from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# Fields by which people name a record in a file, in whatever model they exist
NAMING_FIELDS = (
    "login",
    "name",
    "complete_name",
    "code",
    "ref",
    "default_code",
    "barcode",
    "email",
    "work_email",
    "vat",
)
# Chinese, Japanese and Korean letters
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
NOT_CJK, NOT_LATIN = f"[^{CJK}]+", f"[{CJK}()\\[\\]/,;]+"


def get_key(text):
    """Return a name without what does not tell names apart: case, width, blanks.

    >>> get_key(" Ａｍｙ  HUANG ")
    'amy huang'
    >>> get_key("World/North")
    'world / north'
    """
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s*/\s*", " / ", " ".join(text.split())).lower()


def get_halves(text):
    """Return the halves of a name written in two scripts, else nothing.

    >>> sorted(get_halves("王小明 (Amy Wang)"))
    ['amy wang', '王小明']
    >>> get_halves("Amy Wang")
    frozenset()
    """
    key = get_key(text)
    halves = (re.sub(NOT_CJK, "", key), " ".join(re.sub(NOT_LATIN, " ", key).split()))
    return frozenset(halves) if all(halves) else frozenset()


class Match(NamedTuple):
    """The records that a name may mean.

    - records: none if the name is unknown; several if it is ambiguous
    - is_whole: whether they bear the whole name, not just half of it
    - proposal: what a record that does not exist yet should be called
    """

    records: models.BaseModel
    is_whole: bool
    proposal: str = ""


class NameFinder:
    """Finds the records that names in a file mean: by login, e-mail, code, or name in
    any language; archived ones too, with the rights of the user.

    One query per model, whatever the number of names.
    """

    def __init__(self, env):
        self.env = env

    def find(self, model, names, domain=Domain.TRUE):
        """Find the records of a model that are called like this.

        :param str model: name of the model
        :param names: texts of cells
        :param domain: which records may be meant
        :return: dict name -> :class:`Match`
        """
        names = set(names)
        whole, halved = defaultdict(set), defaultdict(set)
        for id_, text in self._fetch(model, names, domain):
            whole[get_key(text)].add(id_)
            for half in get_halves(text):
                halved[half].add(id_)
        matches = {name: self._match(model, name, whole, halved) for name in names}
        every = self.env[model].union(
            *(self.env[model].browse(ids) for ids, _is_whole in matches.values())
        )
        records = every.with_context(active_test=False)
        return {
            name: Match(
                self._choose(
                    records.browse(sorted(ids)).with_prefetch(records._prefetch_ids)
                ),
                whole_,
            )
            for name, (ids, whole_) in matches.items()
        }

    def _choose(self, records):
        """:return: the only active one of several records, else all of them"""
        if len(records) > 1 and "active" in records._fields:
            active = records.filtered("active")
            return active if len(active) == 1 else records
        return records

    def _match(self, model, name, whole, halved):
        key, halves = get_key(name), get_halves(name)
        if ids := whole.get(key) or self._find_path(model, key, whole):
            return ids, True
        if ids := halved.get(key):
            return ids, False
        # Both halves of the file, in another order; or of one only one is known
        both = [halved.get(half, set()) | whole.get(half, set()) for half in halves]
        ids = set.intersection(*both) if both else set()
        return ids or set().union(*both), False

    def _find_path(self, model, key, whole):
        """Find a record of a tree by its full name, as in "World / North"."""
        records = self.env[model].browse(whole.get(key.rpartition(" / ")[2], ()))
        if " / " not in key or "complete_name" not in records._fields:
            return set()
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            record.id
            for record in records
            for lang in languages
            if get_key(record.with_context(lang=lang).complete_name or "") == key
        }

    def _fetch(self, model, names, domain):
        """:return: (id, name) of all records that may be meant, and more"""
        wanted = set()
        for name in names:
            key = get_key(name)
            wanted |= {key, key.rpartition(" / ")[2], *get_halves(name)}
        records = self.env[model].with_context(active_test=False, prefetch_langs=True)
        query = records._search(domain)
        texts = [
            self._get_texts(records, query, name)
            for name in NAMING_FIELDS
            if (field := records._fields.get(name)) and (field.store or field.inherited)
        ]
        records.flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT id, text FROM (%(named)s) named (id, text),
                       LATERAL (SELECT lower(regexp_replace(btrim(regexp_replace(
                           normalize(text, NFKC), '\\s+', ' ', 'g'
                       )), '\\s*/\\s*', ' / ', 'g')) AS key) keyed
                 WHERE key = ANY(%(wanted)s)
                    OR regexp_replace(key, %(not_cjk)s, '', 'g') = ANY(%(wanted)s)
                    OR btrim(regexp_replace(regexp_replace(
                           key, %(not_latin)s, ' ', 'g'
                       ), '\\s+', ' ', 'g')) = ANY(%(wanted)s)
                """,
                named=query.select(
                    SQL.identifier(query.table, "id"),
                    SQL("unnest(%s)", SQL(" || ").join(texts)),
                ),
                wanted=list(wanted - {""}),
                not_cjk=NOT_CJK,
                not_latin=NOT_LATIN,
            )
        )

    def _get_texts(self, records, query, name):
        """:return: SQL array of the values of a field, in all languages"""
        column = records._field_to_sql(query.table, name, query)
        if records._fields[name].translate:
            return SQL(
                "ARRAY(SELECT value FROM jsonb_each_text(%s) AS language)", column
            )
        return SQL("ARRAY[%s::text]", column)
