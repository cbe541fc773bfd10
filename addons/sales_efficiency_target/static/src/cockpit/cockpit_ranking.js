import {Component, useState} from "@odoo/owl";
import {CockpitBars} from "./cockpit_bars";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {useOpeners} from "./cockpit_openers";

/** A ranking of salespeople, teams, regions, ..., the best first. */
export class CockpitRanking extends Component {
    static template = "sales_efficiency_target.CockpitRanking";
    static components = {CockpitBars};
    static props = cockpitPanelProps;

    setup() {
        this.openers = useOpeners();
        this.memory = useState(this.props.memory);
    }

    get ranking() {
        const rankings = this.props.data;
        return rankings.find(({id}) => id === this.memory.id) || rankings[0];
    }
}

cockpitPanels.add(
    "rankings",
    {component: CockpitRanking, place: "detail"},
    {sequence: 20}
);
