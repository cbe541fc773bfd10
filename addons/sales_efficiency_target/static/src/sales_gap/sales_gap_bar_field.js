import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * A bar from `bar_start` to `bar_end`, in percent of the cell width, so that the rows
 * of a list form a waterfall chart. `is_bad` determines its colour.
 */
export class SalesGapBarField extends Component {
    static template = "sales_efficiency_target.SalesGapBarField";
    static props = {...standardFieldProps};

    get color() {
        const {is_bad: isBad, kind} = this.props.record.data;
        if (["before", "after"].includes(kind)) {
            return "bg-secondary";
        }
        return `bg-${getStatusColor("attainment", isBad ? "behind" : "on_track")}`;
    }

    get style() {
        const {bar_start: start, bar_end: end} = this.props.record.data;
        const left = Math.min(start, end);
        return `left: ${left}%; width: ${Math.max(Math.abs(end - start), 0.5)}%`;
    }
}

registry.category("fields").add("sales_gap_bar", {
    component: SalesGapBarField,
    displayName: _t("Bar of a Gap"),
    supportedTypes: ["float"],
    fieldDependencies: [
        {name: "bar_start", type: "float", readonly: true},
        {name: "is_bad", type: "boolean", readonly: true},
        {name: "kind", type: "selection", readonly: true},
    ],
});
