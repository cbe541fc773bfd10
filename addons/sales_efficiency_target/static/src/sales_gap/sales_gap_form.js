import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** Saves each change immediately, so that the rows below always match the selection. */
export class SalesGapFormController extends FormController {
    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = (record) => {
            // Not awaited: save() itself waits for the change to finish.
            record.save();
        };
        return params;
    }
}

registry.category("views").add("sales_gap_form", {
    ...formView,
    Controller: SalesGapFormController,
});
