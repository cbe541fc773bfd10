import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {useService} from "@web/core/utils/hooks";

/** Customers to contact today, with the way to them. */
export class ContactsPanel extends Component {
    static template = "sales_efficiency_resource.ContactsPanel";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    openAll() {
        this.action.doAction("sales_efficiency_resource.sales_contact_plan_action_my", {
            additionalContext: {search_default_my: 0, search_default_due: 1},
        });
    }

    async logContact(row) {
        const action = await this.orm.call("sales.contact.plan", "action_log_contact", [
            [row.id],
        ]);
        this.action.doAction(readAction(action), {
            onClose: () => this.props.reload(),
        });
    }
}

cockpitPanels.add(
    "contacts_due",
    {component: ContactsPanel, place: "list"},
    {sequence: 50}
);
