import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const ICONS = {
    done: "fa-check-circle text-success",
    look: "fa-eye text-warning",
    required: "fa-exclamation-circle text-danger",
};

/** What to look at before a month is closed; each line opens what it has counted. */
export class SalesIncentiveChecklistField extends Component {
    static template = "sales_efficiency_incentive.SalesIncentiveChecklistField";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    getIcon(line) {
        return ICONS[line.status];
    }

    async open(line) {
        const {resModel, resId} = this.props.record;
        const action = await this.orm.call(resModel, "action_open_check", [
            [resId],
            line.code,
        ]);
        return this.action.doAction(readAction(action));
    }
}

registry.category("fields").add("sales_incentive_checklist", {
    component: SalesIncentiveChecklistField,
    displayName: _t("Checklist of a Month"),
    supportedTypes: ["json"],
});
