import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Kinds of expenses × months, beside the sales targets that they follow from. */
export class BudgetMatrixField extends Component {
    static template = "sales_efficiency_resource.BudgetMatrixField";
    static props = standardFieldProps;

    get matrix() {
        return this.props.record.data[this.props.name];
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.matrix.currency_id,
        });
    }

    getName(row) {
        return row.is_target ? _t("Target: %s", row.name) : row.name;
    }

    formatRatio(value) {
        return `${formatFloat(value, {digits: [16, 4], trailingZeros: false})} %`;
    }
}

registry.category("fields").add("sales_budget_matrix", {
    component: BudgetMatrixField,
    displayName: _t("Budget by Kind and Month"),
    supportedTypes: ["json"],
});
