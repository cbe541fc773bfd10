import {Component} from "@odoo/owl";
import {CockpitBars} from "./cockpit_bars";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {useOpeners} from "./cockpit_openers";

/** The targets furthest behind. */
export class CockpitGaps extends Component {
    static template = "sales_efficiency_target.CockpitGaps";
    static components = {CockpitBars};
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
    }
}

cockpitPanels.add("gaps", {component: CockpitGaps, place: "list"}, {sequence: 10});
