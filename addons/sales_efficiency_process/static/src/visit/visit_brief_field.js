import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {openRecord} from "@sales_efficiency_base/open_record";
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
        openRecord(this.action, row.model, row.id);
    }
}

registry.category("fields").add("sales_visit_brief", {
    component: VisitBriefField,
    displayName: _t("Brief of a Visit"),
    supportedTypes: ["json"],
});
