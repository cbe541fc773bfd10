import {Mutex} from "@web/core/utils/concurrency";
import {groupBy} from "@web/core/utils/arrays";
import {markRaw} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {parseFloat} from "@web/views/fields/parsers";
import {roundPrecision} from "@web/core/utils/numbers";

const YEAR = {kind: "year", first: 0, last: 11};
const QUARTERS = [0, 1, 2, 3].map((number) => ({
    kind: "quarter",
    number: number + 1,
    first: 3 * number,
    last: 3 * number + 2,
}));

/** Columns of the grid: the year, then the quarters, each after its months. */
export function getColumns(hasMonths) {
    return [
        YEAR,
        ...QUARTERS.flatMap((quarter) => [
            ...(hasMonths ? [0, 1, 2] : []).map((number) => ({
                kind: "month",
                first: quarter.first + number,
                last: quarter.first + number,
            })),
            quarter,
        ]),
    ];
}

// Currencies and percent signs before or after a figure: "NT$", "USD", "元", "%"
const MARKS =
    /^(?:[A-Z]{0,3}\s*\p{Sc}|[A-Z]{3})\s*|\s*(?:[%％元]|\p{Sc}|\s[A-Z]{3})$/gu;

/**
 * Read a figure as typed or pasted: with separators, currency or percent sign.
 *
 * @param {string} text
 * @returns {number|undefined} undefined if it is no number from 0
 */
export function readFigure(text) {
    const bare = text.trim().replace(MARKS, "");
    try {
        const figure = bare ? parseFloat(bare) : NaN;
        return figure >= 0 ? figure : undefined;
    } catch {
        return undefined;
    }
}

/** The figures of a plan: as saved, and as edited until they are saved together. */
export class PlanFiguresModel {
    constructor(orm) {
        this.call = (...args) => orm.call("sales.target.plan", ...args);
        this.mutex = markRaw(new Mutex());
        this.planId = false;
        this.data = null;
        this.rows = [];
        this.parts = {};
    }

    /** Load a plan, unless its figures are here already, edited or not. */
    async open(planId, state) {
        if (this.planId !== planId || this.data?.state !== state) {
            this.planId = planId;
            await this.load();
        }
    }

    load(metricId) {
        return this.mutex.exec(() => this.read(metricId));
    }

    async read(metricId = this.data?.metric.id) {
        this.data = await this.call("get_figures", [this.planId, metricId || null]);
        this.rows = this.data.rows.map((row) => ({
            ...row,
            was: row.months,
            months: [...row.months],
            errors: {},
        }));
        this.parts = groupBy(this.rows, (row) => row.parent_id);
    }

    // ------------------------------------------------------------------
    // Figures
    // ------------------------------------------------------------------

    get edited() {
        return this.rows.filter((row) => row.months.some((f, n) => f !== row.was[n]));
    }

    get isEdited() {
        return this.edited.length > 0;
    }

    isChanged(row, {first, last}) {
        return row.months
            .slice(first, last + 1)
            .some((f, n) => f !== row.was[first + n]);
    }

    canEdit(row) {
        return this.data.is_editable && !row.locked;
    }

    round(figure) {
        return roundPrecision(figure, this.data.metric.step);
    }

    /** The sum of months, or the mean of a rate */
    getFigure(row, {first, last}) {
        const months = row.months.slice(first, last + 1);
        const total = months.reduce((sum, figure) => sum + figure, 0);
        return this.round(this.data.metric.is_additive ? total : total / months.length);
    }

    getParts(row) {
        return this.parts[row.id] || [];
    }

    /**
     * The sum of the parts less the figure; of the breakdown that differs most.
     *
     * @returns {number|undefined} undefined without parts that add up
     */
    getGap(row, column) {
        if (!this.data.metric.is_additive) {
            return undefined;
        }
        const sums = {};
        for (const part of this.getParts(row)) {
            sums[part.breakdown] =
                (sums[part.breakdown] || 0) + this.getFigure(part, column);
        }
        const figure = this.getFigure(row, column);
        const gaps = Object.values(sums).map((sum) => this.round(sum - figure));
        return gaps.sort((a, b) => Math.abs(b) - Math.abs(a))[0];
    }

    // ------------------------------------------------------------------
    // Edit
    // ------------------------------------------------------------------

    /**
     * Take figures over: months as they are, quarters and years spread by the server,
     * whose rule is that of saving.
     *
     * @param {object[]} edits with `row`, `column` and `figure`
     * @param {boolean} passesDown whether the parts follow by the same shares
     */
    edit(edits, passesDown) {
        return this.mutex.exec(async () => {
            const spans = [];
            const known = this.getKnown(edits);
            const months = known.filter(({column}) => column.kind === "month");
            for (const {row, column, figure} of passesDown ? [] : months) {
                row.months[column.first] = this.round(figure);
                delete row.errors[column.first];
            }
            for (const {row, column, figure} of known) {
                // A pasted total that fits its months changes nothing; the server
                // judges that if the parts follow.
                if (passesDown || this.round(figure) !== this.getFigure(row, column)) {
                    const {first, last} = column;
                    spans.push({id: row.id, first, last, amount: figure});
                }
            }
            if (spans.length) {
                await this.spread(spans, passesDown);
            }
        });
    }

    /** The edits of rows that are there: those of the page may have been loaded anew. */
    getKnown(edits) {
        const rows = Object.fromEntries(this.rows.map((row) => [row.id, row]));
        return edits
            .map((edit) => ({...edit, row: rows[edit.row.id]}))
            .filter(({row}) => row);
    }

    async spread(spans, passesDown) {
        const unsaved = this.edited.map((row) => [row.id, row.months]);
        const spread = await this.call("spread_figures", [
            this.planId,
            spans,
            Object.fromEntries(unsaved),
            passesDown,
        ]);
        for (const row of this.rows) {
            if (row.id in spread) {
                row.months = spread[row.id];
                row.errors = {};
            }
        }
    }

    discard() {
        return this.load();
    }

    /** @returns {boolean} whether all is saved; else the cells say why not */
    save() {
        return this.mutex.exec(async () => {
            if (!this.isEdited) {
                return true;
            }
            const edits = this.edited.map(({id, months, was}) => ({id, months, was}));
            const errors = await this.call("set_figures", [this.planId, edits]);
            for (const row of this.rows) {
                const own = errors.filter(({id}) => id === row.id);
                row.errors = Object.fromEntries(own.map((e) => [e.month, e.message]));
            }
            if (errors.length) {
                return false;
            }
            await this.read();
            return true;
        });
    }

    // ------------------------------------------------------------------
    // Paste
    // ------------------------------------------------------------------

    /**
     * Read a block of a spreadsheet. Empty cells change nothing.
     *
     * @param {string} text rows by lines, cells by tabs
     * @param {object[]} rows of the grid, from the cursor on
     * @param {object[]} columns of the grid, from the cursor on
     * @returns {{edits: object[], problems: string[]}}
     */
    readBlock(text, rows, columns) {
        const edits = [];
        const problems = [];
        const lines = text.replace(/(\r?\n)+$/, "").split(/\r?\n/);
        lines.forEach((line, y) =>
            line.split("\t").forEach((cell, x) => {
                if (!cell.trim()) {
                    return;
                }
                const row = rows[y];
                const column = columns[x];
                const figure = readFigure(cell);
                if (!row || !column) {
                    problems.push(_t("“%s” lies outside the table.", cell.trim()));
                } else if (!this.canEdit(row)) {
                    problems.push(`${row.full_name}: ${row.locked}`);
                } else if (figure === undefined) {
                    problems.push(_t("“%s” is not a number from 0.", cell.trim()));
                } else {
                    edits.push({row, column, figure});
                }
            })
        );
        return {edits, problems: [...new Set(problems)]};
    }
}
