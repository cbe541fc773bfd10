import {cockpitPanelProps, cockpitPanels} from "./panel";
import {Component, useState} from "@odoo/owl";
import {
    describeProgress,
    describeWaiting,
    formatAsOf,
    refreshFigures,
    tellRefreshed,
} from "../sales_fact/freshness";
import {useService} from "@web/core/utils/hooks";

/** Age of the figures, with a button to refresh them. */
export class CockpitFreshness extends Component {
    static template = "sales_efficiency_base.CockpitFreshness";
    static props = cockpitPanelProps;

    setup() {
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({progress: ""});
    }

    get asOf() {
        const {as_of: asOf} = this.props.data;
        return asOf && formatAsOf(asOf);
    }

    get waiting() {
        const {pending_count: count} = this.props.data;
        return count ? describeWaiting(count) : "";
    }

    async refresh() {
        if (this.props.data.can_refresh) {
            this.state.progress = describeProgress(0);
            try {
                const remaining = await refreshFigures(this.orm, (share) => {
                    this.state.progress = describeProgress(share);
                });
                tellRefreshed(this.notification, remaining);
            } finally {
                this.state.progress = "";
            }
        }
        await this.props.reload();
    }
}

cockpitPanels.add("freshness", {component: CockpitFreshness, place: "control_panel"});
