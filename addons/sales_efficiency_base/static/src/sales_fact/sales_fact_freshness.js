import {Component, onWillStart, useState} from "@odoo/owl";
import {
    describeProgress,
    describeWaiting,
    formatAsOf,
    refreshFigures,
    tellRefreshed,
} from "./freshness";
import {useBus, useService} from "@web/core/utils/hooks";

/** Shows the age of the facts above them, and lets directors refresh them. */
export class SalesFactFreshness extends Component {
    static template = "sales_efficiency_base.SalesFactFreshness";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({
            asOf: "",
            pending: 0,
            canRefresh: false,
            progress: "",
        });
        onWillStart(() => this.load());
        useBus(this.env.searchModel, "update", () => this.load());
    }

    get waiting() {
        return describeWaiting(this.state.pending);
    }

    async load() {
        const freshness = await this.orm.silent.call(
            "sales.mart.source",
            "get_freshness",
            []
        );
        Object.assign(this.state, {
            asOf: formatAsOf(freshness.as_of),
            pending: freshness.pending_count,
            canRefresh: freshness.can_refresh,
        });
    }

    async refresh() {
        this.state.progress = describeProgress(0);
        try {
            const remaining = await refreshFigures(this.orm, (share) => {
                this.state.progress = describeProgress(share);
            });
            tellRefreshed(this.notification, remaining);
        } finally {
            this.state.progress = "";
        }
        await this.action.doAction("soft_reload");
    }
}
