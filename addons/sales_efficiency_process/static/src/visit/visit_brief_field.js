import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** The brief of a visit: sections of rows, each of which opens its document. */
export class VisitBriefField extends Component {
    static template = "sales_efficiency_process.VisitBriefField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
    }

    get sections() {
        return this.props.record.data[this.props.name] || [];
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("sales_visit_brief", {
    component: VisitBriefField,
    displayName: _t("Brief of a Visit"),
    supportedTypes: ["json"],
});
