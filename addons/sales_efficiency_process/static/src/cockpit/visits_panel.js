import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {getMapUrl} from "@sales_efficiency_process/visit/map_link_field";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {openRecord} from "@sales_efficiency_base/open_record";
import {useService} from "@web/core/utils/hooks";

/** The visits of today, with the way to each. */
export class VisitsPanel extends Component {
    static template = "sales_efficiency_process.VisitsPanel";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    getMapUrl(row) {
        return getMapUrl(row.place_link);
    }

    getColor(row) {
        return `text-bg-${getStatusColor("visit", row.state)}`;
    }

    open(row) {
        openRecord(this.action, "sales.visit", row.id);
    }

    openAll() {
        this.action.doAction("sales_efficiency_process.sales_visit_action_day", {
            additionalContext: {search_default_my: this.props.data.is_own ? 1 : 0},
        });
    }

    openMissing() {
        this.action.doAction("sales_efficiency_process.sales_visit_action", {
            additionalContext: {
                search_default_my: this.props.data.is_own ? 1 : 0,
                search_default_missing_report: 1,
            },
        });
    }

    planWeek() {
        this.action.doAction("sales_efficiency_process.sales_visit_plan_action", {
            onClose: () => this.props.reload(),
        });
    }
}

cockpitPanels.add(
    "visits_today",
    {component: VisitsPanel, place: "list"},
    {sequence: 45}
);
