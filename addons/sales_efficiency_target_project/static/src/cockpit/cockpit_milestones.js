import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_target_project.project_milestone_sales_action";

/** The open milestones of major projects. */
export class CockpitMilestones extends Component {
    static template = "sales_efficiency_target_project.CockpitMilestones";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
    }

    getColor(status) {
        return getStatusColor("milestone", status);
    }

    formatDeadline({deadline}) {
        return deadline ? formatDate(deserializeDate(deadline)) : _t("No deadline");
    }

    formatDelay({delay}) {
        return delay === 1 ? _t("1 day later") : _t("%s days later", delay);
    }

    open(id) {
        return this.action.doAction(ACTION, {
            viewType: "form",
            props: {resId: id},
        });
    }

    openAll(domain) {
        return this.action.doAction(ACTION, {
            additionalContext: {search_default_open: 0},
            props: {domain},
        });
    }
}

cockpitPanels.add(
    "milestones",
    {component: CockpitMilestones, place: "list"},
    {sequence: 30}
);
