import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Shows a date as month and year, for monthly figures. */
export class SalesMonthField extends Component {
    static template = "sales_efficiency_base.SalesMonthField";
    static props = {...standardFieldProps};

    get month() {
        const date = this.props.record.data[this.props.name];
        return date ? date.toLocaleString({year: "numeric", month: "short"}) : "";
    }
}

export const salesMonthField = {
    component: SalesMonthField,
    displayName: _t("Month"),
    supportedTypes: ["date"],
};

registry.category("fields").add("sales_month", salesMonthField);
