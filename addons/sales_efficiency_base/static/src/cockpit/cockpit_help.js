import {cockpitPanelProps, cockpitPanels} from "./panel";
import {Component} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** Explains what to do if there are no figures yet. */
export class CockpitHelp extends Component {
    static template = "sales_efficiency_base.CockpitHelp";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    openHistory() {
        return this.action.doAction("sales_efficiency_base.sales_history_line_action");
    }
}

cockpitPanels.add("help", {component: CockpitHelp, place: "help"});
