import {Component} from "@odoo/owl";
import {CockpitGauge} from "./cockpit_gauge";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {useOpeners} from "./cockpit_openers";

/** Actuals of the scope against their targets, one gauge per metric. */
export class CockpitGauges extends Component {
    static template = "sales_efficiency_target.CockpitGauges";
    static components = {CockpitGauge};
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
    }
}

cockpitPanels.add(
    "figures",
    {component: CockpitGauges, place: "row"},
    {force: true, sequence: 40}
);
