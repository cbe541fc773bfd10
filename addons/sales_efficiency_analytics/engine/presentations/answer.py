# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from markupsafe import Markup

from odoo.tools import format_datetime, format_list

from .. import presentations, verdicts
from .chart_drawing import ChartDrawing

# A screen is no place for more rows; the workbook has them all.
SHOWN_ROWS = 100


class Answer:
    """What was found, in the words of the reader: sentences, charts and tables.

    :param result: ``sales.study.result`` record that has an answer
    """

    def __init__(self, result):
        # Money is in the currency of the company of the study.
        self.env = result.with_company(result.company_id).env
        self._method = result.method
        self._result = result
        self._found = result.found
        self._is_unchanged = result.is_unchanged
        self._rows = result.rows
        self._names, self._units = self._describe_columns()

    def _describe_columns(self):
        """Return names and units by column: metrics are named as they are now, in the
        language of the reader, and as they were then if they have been deleted."""
        columns = self._result.columns or {}
        # sudo: who may read the answer may know of what it is.
        metrics = self.env["sales.metric"].sudo()
        known = metrics.browse([kept["id"] for kept in columns.values()]).exists()
        current = {metric.id: metric.name for metric in known}
        names = {
            code: current.get(kept["id"], kept["name"])
            for code, kept in columns.items()
        }
        return names, {code: kept["unit"] for code, kept in columns.items()}

    @cached_property
    def _figures(self):
        """The data: they may be many, and headlines do without them."""
        return self._result.figures

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def get_headline(self):
        """Return the answer in a sentence."""
        return self._say()[0]

    def get_sentences(self):
        """Return the answer in words: the headline first, its limits last."""
        return [*self._say(), *self._get_remarks()]

    def get_sentences_as_html(self):
        return Markup("<ul>%s</ul>") % Markup().join(
            Markup("<li>%s</li>") % sentence for sentence in self.get_sentences()
        )

    def _say(self):
        verdict = self._find_class(verdicts, "Verdict")
        if refused := self._found.get("refused"):
            return [
                verdict.explain(
                    self.env, refused["code"], refused["values"], self._names
                )
            ]
        sentences = verdict(
            self.env, self._found["result"], self._names, self._units
        ).sentences()
        headline = self._present(with_figures=False).get_headline()
        return [headline, *sentences] if headline else sentences

    def _get_remarks(self):
        """Return what the reader must know about the data."""
        remarks = []
        if begins := self._figures.get("begins"):
            remarks.append(
                self.env._(
                    "There are no figures before %(month)s: the months before are left"
                    " out.",
                    month=self._present().name_month(begins),
                )
            )
        if apart := self._figures["apart"]:
            shown = self._present()
            remarks.append(
                self.env._(
                    "Not whole, so left out of the calculation and shown apart:"
                    " %(months)s.",
                    months=format_list(
                        self.env, [shown.name_apart(month) for month in apart]
                    ),
                )
            )
        if left_out := self._figures["left_out"]:
            remarks.append(
                self.env._(
                    "What lies directly with %(names)s is in no row: the parts of it"
                    " are the rows.",
                    names=format_list(self.env, left_out),
                )
            )
        if self._result.is_thinned:
            remarks.append(
                self.env._(
                    "The answer is old: of its %(count)s rows of data, %(kept)s are"
                    " kept.",
                    count=self._result.row_count,
                    kept=len(self._figures["keys"]),
                )
            )
        if self._is_unchanged:
            remarks.append(
                self.env._("The data are the same as those of the last answer.")
            )
        return remarks

    def _find_class(self, package, kind):
        return getattr(package, f"{self._method.capitalize()}{kind}")

    # ------------------------------------------------------------------
    # Charts and tables
    # ------------------------------------------------------------------

    def get_charts(self):
        """Return charts for the client."""
        return self._present().get_charts() if "result" in self._found else []

    def get_drawings(self):
        """Return charts for paper: titles and SVG."""
        return [
            (chart["title"], Markup(ChartDrawing(chart).get_svg()))
            for chart in self.get_charts()
        ]

    def get_tables(self):
        """Return a list of :class:`Table`, the data last."""
        shown = self._present()
        tables = shown.get_tables() if "result" in self._found else []
        return [*tables, shown.get_data_table()]

    def get_footnote(self):
        """Return when and of what the answer was made."""
        return self.env._(
            "Answered on %(day)s from %(count)s rows. Fingerprint of the data:"
            " %(fingerprint)s",
            day=format_datetime(self.env, self._result.done_at),
            count=self._result.row_count,
            fingerprint=self._result.fingerprint,
        )

    def get_group_names(self):
        """Return names of the groups that were found: number → name."""
        return self._present().name_groups()

    def get_unit(self, code):
        """Return the :class:`Unit` of a column of the data."""
        metrics = self.env["sales.metric"]
        return metrics._define_unit(self._units.get(code), self.env.company)

    def get_tables_as_html(self):
        """Return the tables as HTML, long ones cut."""
        return Markup().join(map(self._write_table, self.get_tables()))

    def _present(self, with_figures=True):
        present = self._find_class(presentations, "Presentation")
        return present(
            self.env,
            self._found.get("result"),
            self._names,
            self._units,
            self._figures if with_figures else None,
            self._rows,
        )

    def _write_table(self, table):
        shown = self._present()
        heads = Markup().join(
            Markup('<th class="%s">%s</th>') % (_align(column), column.name)
            for column in table.columns
        )
        rows = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(
                Markup('<td class="%s">%s</td>')
                % (_align(column), shown.format(value, column))
                for value, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows[:SHOWN_ROWS]
        )
        return Markup(
            '<h4 class="mt-3">%s</h4>'
            '<div class="table-responsive"><table class="table table-sm">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>%s"
        ) % (table.title, heads, rows, self._say_cut(table))

    def _say_cut(self, table):
        rest = len(table.rows) - SHOWN_ROWS
        if rest <= 0:
            return ""
        return Markup('<p class="text-muted">%s</p>') % self.env._(
            "%s more rows: download the workbook to see all.", rest
        )


def _align(column):
    return "" if column.is_text else "text-end"
