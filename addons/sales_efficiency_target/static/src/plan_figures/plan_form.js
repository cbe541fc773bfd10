import {FormController} from "@web/views/form/form_controller";
import {PlanFiguresModel} from "./plan_figures_model";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {reactive, useSubEnv} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Keeps the figures of a plan, and saves them before the form goes on. */
export class SalesPlanFormController extends FormController {
    setup() {
        super.setup();
        this.planNotification = useService("notification");
        this.planFigures = reactive(new PlanFiguresModel(this.orm));
        useSubEnv({planFigures: this.planFigures});
    }

    /** @returns {boolean} whether no figure is left to be saved */
    async saveFigures() {
        const isSaved = await this.planFigures.save();
        if (!isSaved) {
            this.planNotification.add(
                _t("Correct the marked figures, or discard the changes."),
                {type: "danger"}
            );
        }
        return isSaved;
    }

    async beforeExecuteActionButton(clickParams) {
        return (
            (await this.saveFigures()) && super.beforeExecuteActionButton(clickParams)
        );
    }

    async beforeLeave(options = {}) {
        if (!options.forceLeave && !(await this.saveFigures())) {
            return false;
        }
        return super.beforeLeave(options);
    }

    async beforeUnload(ev) {
        if (this.planFigures.isEdited) {
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
        return super.beforeUnload(ev);
    }

    async onPagerUpdate(params) {
        if (await this.saveFigures()) {
            await super.onPagerUpdate(params);
        }
    }

    async create() {
        if (await this.saveFigures()) {
            await super.create();
        }
    }
}

registry.category("views").add("sales_plan_form", {
    ...formView,
    Controller: SalesPlanFormController,
});
