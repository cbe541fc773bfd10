import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {openRecord} from "@sales_efficiency_base/open_record";
import {useService} from "@web/core/utils/hooks";

/** The opportunities that have been in their stage for the longest time. */
export class WaitsPanel extends Component {
    static template = "sales_efficiency_process.WaitsPanel";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    formatDays(row) {
        return formatFigure(row.days, {unit: "days", whole: true});
    }

    open(row) {
        openRecord(this.action, "crm.lead", row.id);
    }

    openAll() {
        this.action.doAction("sales_efficiency_process.sales_stage_report_action", {
            additionalContext: {
                search_default_my: this.props.data.is_own ? 1 : 0,
                search_default_waiting: 1,
            },
            viewType: "list",
        });
    }

    openFinder() {
        this.action.doAction("sales_efficiency_process.sales_waste_finder_action");
    }
}

cockpitPanels.add(
    "stage_waits",
    {component: WaitsPanel, place: "list"},
    {sequence: 47}
);
