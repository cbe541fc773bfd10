import {Component} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";
import {formatGrowth} from "@sales_efficiency_base/sales_figure/format_figure";

/** A target in the grid of a plan: its year, quarters and months. */
export class PlanGridRow extends Component {
    static template = "sales_efficiency_target.PlanGridRow";
    static props = {
        row: Object,
        model: Object,
        columns: Array,
        // Column of the cursor, -1 if it is in another row
        cursor: Number,
        // What is typed into the cell of the cursor, null while nothing is
        text: {type: [String, {value: null}]},
        isFolded: Boolean,
        choose: Function,
        type: Function,
        commit: Function,
        toggle: Function,
        openTarget: Function,
    };

    get year() {
        return this.props.columns[0];
    }

    get hasParts() {
        return this.props.model.getParts(this.props.row).length > 0;
    }

    /** The breakdown, if it is another than that of regions, teams and people */
    get breakdown() {
        const {parent_id: parentId, breakdown, breakdown_name: name} = this.props.row;
        return parentId && breakdown !== "organization" ? name : "";
    }

    get growth() {
        const {row, model} = this.props;
        const {unit} = model.data.metric;
        const now = model.getFigure(row, this.year);
        if (["percent", "points"].includes(unit)) {
            return row.before === null ? "" : formatGrowth(now - row.before, unit);
        }
        return row.before
            ? formatGrowth((100 * (now - row.before)) / Math.abs(row.before), unit)
            : "";
    }

    get gap() {
        return this.props.model.getGap(this.props.row, this.year);
    }

    getError({first, last}) {
        const {errors} = this.props.row;
        const numbers = Object.keys(errors).filter((n) => n >= first && n <= last);
        return numbers.length ? errors[numbers[0]] : "";
    }

    getTitle(column) {
        const {row, model} = this.props;
        return (
            this.getError(column) ||
            (model.data.is_editable && row.locked) ||
            formatFloat(model.getFigure(row, column), {digits: [16, 2]})
        );
    }

    getClass(column, index) {
        const {row, model, cursor} = this.props;
        return {
            [`o_sales_plan_${column.kind}`]: true,
            o_sales_plan_cursor: index === cursor,
            o_sales_plan_changed: model.isChanged(row, column),
            o_sales_plan_error: Boolean(this.getError(column)),
            "text-muted": model.data.is_editable && Boolean(row.locked),
        };
    }

    /** Large figures without decimals, so that a year fits the screen */
    format(figure) {
        const digits = Math.abs(figure) >= 1000 ? 0 : 2;
        return formatFloat(figure, {digits: [16, digits], trailingZeros: false});
    }
}
