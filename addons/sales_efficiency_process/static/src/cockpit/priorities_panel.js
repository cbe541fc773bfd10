import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {openRecord} from "@sales_efficiency_base/open_record";
import {useService} from "@web/core/utils/hooks";

/** The most valuable open leads. */
export class PrioritiesPanel extends Component {
    static template = "sales_efficiency_process.PrioritiesPanel";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    getColor(row) {
        return `text-bg-${getStatusColor("lead_class", row.class)}`;
    }

    open(row) {
        openRecord(this.action, "crm.lead", row.id);
    }

    openAll() {
        this.action.doAction("sales_efficiency_process.crm_lead_priority_action", {
            additionalContext: {
                search_default_my: this.props.data.is_own ? 1 : 0,
            },
        });
    }
}

cockpitPanels.add(
    "lead_priorities",
    {component: PrioritiesPanel, place: "list"},
    {sequence: 46}
);
