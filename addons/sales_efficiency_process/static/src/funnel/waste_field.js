import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** Causes of lost time, the most expensive first. */
export class WasteField extends Component {
    static template = "sales_efficiency_process.WasteField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get answer() {
        return this.props.record.data[this.props.name] || {};
    }

    get causes() {
        return this.answer.causes || [];
    }

    format(value, unit) {
        return formatFigure(value, {
            unit,
            currencyId: this.answer.currency_id,
            whole: true,
        });
    }

    openDocuments(cause) {
        return this.call("action_open_found", cause);
    }

    takeUp(cause) {
        return this.call("action_take_up", cause);
    }

    async call(method, cause) {
        const action = await this.orm.call("sales.waste", method, [
            cause.code,
            this.answer.question,
        ]);
        return this.action.doAction(readAction(action));
    }
}

registry.category("fields").add("sales_waste", {
    component: WasteField,
    displayName: _t("Lost Time"),
    supportedTypes: ["json"],
});
