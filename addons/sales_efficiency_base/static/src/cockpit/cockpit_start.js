import {cockpitPanelProps, cockpitPanels} from "./panel";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** The first steps of a new company, and how far they are. */
export class CockpitStart extends Component {
    static template = "sales_efficiency_base.CockpitStart";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.steps = "onboarding.onboarding.step";
    }

    get title() {
        const {steps} = this.props.data;
        const done = steps.filter((step) => step.is_done).length;
        return _t("First steps: %(done)s of %(total)s done", {
            done,
            total: steps.length,
        });
    }

    /** The step to do now */
    get next() {
        return this.props.data.steps.find((step) => !step.is_done && step.is_allowed);
    }

    describe(step) {
        return step.is_done ? _t("Done") : _t("To do");
    }

    async open(step) {
        const action = await this.orm.call(this.steps, step.open, []);
        return this.action.doAction(action, {onClose: () => this.props.reload()});
    }

    async accept(step) {
        await this.orm.call(this.steps, `action_accept_sales_${step.code}`, []);
        return this.props.reload();
    }

    async close() {
        await this.orm.call(
            "onboarding.onboarding",
            "action_close_panel_sales_start",
            []
        );
        return this.props.reload();
    }
}

cockpitPanels.add("start", {component: CockpitStart, place: "start"});
