import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";

/** Saves what is chosen at once, so that the rows below are always those of the choice. */
export class SalesGapFormController extends FormController {
    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = (record) => {
            // Not awaited: saving waits for the change itself to be over.
            record.save();
        };
        return params;
    }
}

registry.category("views").add("sales_gap_form", {
    ...formView,
    Controller: SalesGapFormController,
});
