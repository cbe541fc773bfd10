import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {openRecord} from "@sales_efficiency_base/open_record";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** Who decides, by influence and by what they think of us. */
export class PeopleMapField extends Component {
    static template = "sales_efficiency_process.PeopleMapField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
    }

    get map() {
        return this.props.record.data[this.props.name];
    }

    open(person) {
        openRecord(this.action, "sales.stakeholder", person.id);
    }
}

registry.category("fields").add("sales_people_map", {
    component: PeopleMapField,
    displayName: _t("People by Influence and Attitude"),
    supportedTypes: ["json"],
});
