import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {formatPercent} from "@sales_efficiency_base/sales_figure/format_figure";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {openRecord} from "@sales_efficiency_base/open_record";
import {useService} from "@web/core/utils/hooks";

/** The open warnings, the most severe first. */
export class CockpitWarnings extends Component {
    static template = "sales_efficiency_target.CockpitWarnings";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.getStatusColor = getStatusColor;
    }

    formatPace({pace}) {
        return pace === null ? "–" : formatPercent(pace);
    }

    open(id) {
        return openRecord(this.action, "sales.alert", id);
    }

    openAll() {
        return this.action.doAction("sales_efficiency_target.sales_alert_action");
    }
}

cockpitPanels.add(
    "warnings",
    {component: CockpitWarnings, place: "list"},
    {sequence: 20}
);
