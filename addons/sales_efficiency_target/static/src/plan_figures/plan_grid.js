import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {PlanGridRow} from "./plan_grid_row";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/views/fields/formatters";
import {openRecord} from "@sales_efficiency_base/open_record";
import {readFigure} from "./plan_figures_model";
import {useService} from "@web/core/utils/hooks";

const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};
// Larger trees start folded below the second level.
const MANY = 100;

/** The targets of a plan in rows, their months in columns, with a cursor as in a sheet. */
export class PlanGrid extends Component {
    static template = "sales_efficiency_target.PlanGrid";
    static components = {PlanGridRow};
    static props = {model: Object, columns: Array, passesDown: Boolean, fail: Function};

    setup() {
        this.notification = useService("notification");
        this.action = useService("action");
        this.root = useRef("root");
        const {rows} = this.props.model;
        this.state = useState({
            rowId: false,
            column: 0,
            text: null,
            folded: new Set(
                rows.length > MANY
                    ? rows.filter((r) => r.level > 0).map((r) => r.id)
                    : []
            ),
        });
        useEffect(
            () => {
                const cell = this.root.el.querySelector(".o_sales_plan_cursor");
                const target = cell?.querySelector("input") || cell;
                target?.focus();
                target?.scrollIntoView({block: "nearest", inline: "nearest"});
            },
            () => [this.state.rowId, this.state.column, this.state.text === null]
        );
    }

    get rows() {
        const hidden = new Set();
        return this.props.model.rows.filter((row) => {
            const above = row.parent_id;
            if (above && (hidden.has(above) || this.state.folded.has(above))) {
                hidden.add(row.id);
                return false;
            }
            return true;
        });
    }

    get currentRow() {
        return this.props.model.rows.find((row) => row.id === this.state.rowId);
    }

    get currentColumn() {
        return this.props.columns[this.state.column];
    }

    nameColumn(column) {
        if (column.kind === "year") {
            return _t("Year");
        }
        return column.kind === "quarter"
            ? _t("Q%s", column.number)
            : this.props.model.data.months[column.first];
    }

    toggle(row) {
        if (!this.state.folded.delete(row.id)) {
            this.state.folded.add(row.id);
        }
    }

    openTarget(row) {
        return openRecord(this.action, "sales.target", row.id);
    }

    // ------------------------------------------------------------------
    // Cursor
    // ------------------------------------------------------------------

    choose(row, column) {
        if (this.state.rowId !== row.id || this.state.column !== column) {
            Object.assign(this.state, {rowId: row.id, column, text: null});
        } else if (this.state.text === null) {
            this.startTyping();
        }
    }

    move(down, right) {
        const rows = this.rows;
        const row = rows[rows.indexOf(this.currentRow) + down];
        const column = this.state.column + right;
        if (!row || !this.props.columns[column]) {
            return false;
        }
        Object.assign(this.state, {rowId: row.id, column});
        return true;
    }

    onKeydown(ev) {
        if (!this.currentRow || ev.target.closest("th")) {
            return;
        }
        const isTyping = this.state.text !== null;
        if (ev.key === "Tab") {
            this.commit();
            if (!this.move(0, ev.shiftKey ? -1 : 1)) {
                return;
            }
        } else if (ev.key === "Enter") {
            this.commit();
            this.move(ev.shiftKey ? -1 : 1, 0);
        } else if (ev.key === "Escape" && isTyping) {
            this.state.text = null;
        } else if (isTyping || ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        } else if (MOVES[ev.key]) {
            this.move(...MOVES[ev.key]);
        } else if (ev.key === "F2") {
            this.startTyping();
        } else if (["Delete", "Backspace"].includes(ev.key)) {
            this.take([{row: this.currentRow, column: this.currentColumn, figure: 0}]);
        } else if (/^[\d.,-]$/.test(ev.key)) {
            this.startTyping(ev.key);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    // ------------------------------------------------------------------
    // Figures
    // ------------------------------------------------------------------

    startTyping(text) {
        const {model} = this.props;
        if (model.canEdit(this.currentRow)) {
            const figure = model.getFigure(this.currentRow, this.currentColumn);
            this.state.text = text ?? this.write(figure);
        }
    }

    /** Write a figure as it is read again: in the language of the user. */
    write(figure) {
        return formatFloat(figure, {
            digits: [16, 2],
            thousandsSep: "",
            trailingZeros: false,
        });
    }

    type(text) {
        this.state.text = text;
    }

    commit() {
        const {text} = this.state;
        this.state.text = null;
        if (text === null || !text.trim()) {
            return;
        }
        const figure = readFigure(text);
        if (figure === undefined) {
            this.warn([_t("“%s” is not a number from 0.", text)]);
        } else {
            this.take([{row: this.currentRow, column: this.currentColumn, figure}]);
        }
    }

    async take(edits) {
        const {model, passesDown, fail} = this.props;
        if (edits.some(({row}) => !model.canEdit(row))) {
            return;
        }
        try {
            await model.edit(edits, passesDown);
        } catch (error) {
            fail(error);
        }
    }

    onCopy(ev) {
        if (this.currentRow && this.state.text === null) {
            const figure = this.props.model.getFigure(
                this.currentRow,
                this.currentColumn
            );
            ev.clipboardData.setData("text/plain", this.write(figure));
            ev.preventDefault();
        }
    }

    /** A block is taken over as a whole, or not at all. */
    onPaste(ev) {
        if (!this.currentRow || this.state.text !== null) {
            return;
        }
        ev.preventDefault();
        const rows = this.rows;
        const {edits, problems} = this.props.model.readBlock(
            ev.clipboardData.getData("text/plain"),
            rows.slice(rows.indexOf(this.currentRow)),
            this.props.columns.slice(this.state.column)
        );
        if (problems.length) {
            this.warn(problems);
        } else {
            this.take(edits);
        }
    }

    warn(problems) {
        const shown = problems.slice(0, 5).join("\n");
        this.notification.add(shown, {
            title: _t("Nothing has changed"),
            type: "warning",
        });
    }
}
