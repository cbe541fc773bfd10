import {Component, markup} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** What an opportunity needs in its stage and in the next one, with the way to it. */
export class PlaybookField extends Component {
    static template = "sales_efficiency_process.PlaybookField";
    static props = standardFieldProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get sections() {
        return this.props.record.data[this.props.name] || [];
    }

    getLabel(item) {
        return item.is_met ? _t("Is there") : _t("Missing");
    }

    getNote(section) {
        // Written by directors, and cleaned by the server
        return markup(section.note);
    }

    async open(item) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(
            "sales.playbook.requirement",
            "action_open_missing",
            [[item.id], record.resId]
        );
        if (action.res_model === "crm.lead" && action.res_id === record.resId) {
            return;
        }
        await this.action.doAction(readAction(action), {onClose: () => record.load()});
    }
}

registry.category("fields").add("sales_playbook", {
    component: PlaybookField,
    displayName: _t("Playbook"),
    supportedTypes: ["json"],
});
