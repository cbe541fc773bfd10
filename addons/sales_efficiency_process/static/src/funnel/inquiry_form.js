import {FormController} from "@web/views/form/form_controller";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {serializeDate} from "@web/core/l10n/dates";
import {useSetupAction} from "@web/search/action_hook";

/** A question: nothing of it is stored. */
class InquiryRecord extends RelationalModel.Record {
    async _save() {
        return true;
    }
}

class InquiryModel extends RelationalModel {
    static Record = InquiryRecord;
}

/** Return a chosen value as a default of the form. */
function getDefault(field, value) {
    if (field.type === "many2one") {
        return value ? value.id : false;
    }
    if (field.type === "date") {
        return value ? serializeDate(value) : false;
    }
    return value;
}

/** Keeps what was chosen for the way back to the page. */
export class InquiryFormController extends FormController {
    setup() {
        this.parameters = this.props.state?.parameters || {};
        super.setup();
        useSetupAction({
            getLocalState: () => ({parameters: this.parameters}),
        });
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = (record) => this.remember(record);
        return params;
    }

    onWillLoadRoot(config) {
        super.onWillLoadRoot(config);
        Object.assign(config.context, this.parameters);
    }

    displayName() {
        return this.env.config.getDisplayName();
    }

    remember(record) {
        const chosen = Object.entries(record.data).filter(
            ([name]) => !record.fields[name].readonly
        );
        this.parameters = Object.fromEntries(
            chosen.map(([name, value]) => [
                `default_${name}`,
                getDefault(record.fields[name], value),
            ])
        );
    }
}

registry.category("views").add("sales_inquiry_form", {
    ...formView,
    Controller: InquiryFormController,
    Model: InquiryModel,
});
