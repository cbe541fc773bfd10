import {Component, useState} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "./panel";
import {openRecord} from "../open_record";
import {useService} from "@web/core/utils/hooks";

// Number of documents shown before the user asks for the others
const LENGTH = 6;

/** What awaits a decision of the user, what has waited longest first. */
export class CockpitApprovals extends Component {
    static template = "sales_efficiency_base.CockpitApprovals";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.state = useState({isOpen: false});
    }

    get rows() {
        const {rows} = this.props.data;
        return this.state.isOpen ? rows : rows.slice(0, LENGTH);
    }

    open(row) {
        return openRecord(this.action, row.model, row.id);
    }
}

cockpitPanels.add(
    "approvals",
    {component: CockpitApprovals, place: "list"},
    {sequence: 5}
);
