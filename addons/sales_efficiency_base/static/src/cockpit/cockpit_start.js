import {cockpitPanelProps, cockpitPanels} from "./panel";
import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {readAction} from "../server_action/server_action";
import {refreshFigures} from "../sales_fact/freshness";
import {useService} from "@web/core/utils/hooks";

const SAMPLE_STEPS = ["masters", "sales", "plan"];
// So many steps lead to the first figures, which then come first.
const ENOUGH = 7;

/** The first steps of a new company, and how far they are. */
export class CockpitStart extends Component {
    static template = "sales_efficiency_base.CockpitStart";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({sampleProgress: ""});
        this.memory = useState(this.props.memory);
        // Out of the way once most is done, but not while the user goes on with it
        const enough = Math.min(ENOUGH, this.props.data.steps.length / 2 + 1);
        this.memory.isFolded ??= this.doneCount >= enough;
        this.steps = "onboarding.onboarding.step";
    }

    get doneCount() {
        return this.props.data.steps.filter((step) => step.is_done).length;
    }

    get title() {
        return _t("First steps: %(done)s of %(total)s done", {
            done: this.doneCount,
            total: this.props.data.steps.length,
        });
    }

    /** All steps, or the one to do now */
    get shownSteps() {
        const {steps} = this.props.data;
        return this.memory.isFolded
            ? steps.filter((step) => step === this.next)
            : steps;
    }

    get showsSample() {
        const {sample} = this.props.data;
        return sample && (sample === "loaded" || !this.memory.isFolded);
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
        return this.action.doAction(readAction(action), {
            onClose: () => this.props.reload(),
        });
    }

    /** Does what a step proposes; shows what came out, if that is to be looked at. */
    async accept(step) {
        const method = `action_accept_sales_${step.code}`;
        const action = await this.orm.call(this.steps, method, []);
        return action ? this.action.doAction(readAction(action)) : this.props.reload();
    }

    /** Load or remove the sample year in steps, each with the figures it changes. */
    async runSample(method) {
        const steps = method === "load" ? SAMPLE_STEPS : SAMPLE_STEPS.slice().reverse();
        try {
            for (const [number, step] of steps.entries()) {
                this.state.sampleProgress = _t("Step %(number)s of %(total)s", {
                    number: number + 1,
                    total: steps.length,
                });
                await this.orm.call("sales.sample", `${method}_step`, [step]);
                await refreshFigures(this.orm, () => {});
            }
        } finally {
            this.state.sampleProgress = "";
        }
        return this.props.reload();
    }

    toggle() {
        this.memory.isFolded = !this.memory.isFolded;
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
