import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The budgets over a claim, and what else it does not keep to. */
export class SalesBudgetPanel extends Component {
    static template = "sales_efficiency_resource.SalesBudgetPanel";
    static props = {...standardFieldProps};

    setup() {
        this.getStatusColor = getStatusColor;
    }

    get panel() {
        return this.props.record.data[this.props.name] || {budgets: [], findings: []};
    }

    get columns() {
        return [
            {name: "budget", label: _t("Budget to Date")},
            {name: "spent", label: _t("Used")},
            {name: "committed", label: _t("Committed")},
            {name: "before", label: _t("Left Before")},
            {name: "after", label: _t("Left After")},
        ];
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.panel.currency_id,
        });
    }
}

registry.category("fields").add("sales_budget_panel", {
    component: SalesBudgetPanel,
    displayName: _t("Budgets of a Claim"),
    supportedTypes: ["json"],
});
