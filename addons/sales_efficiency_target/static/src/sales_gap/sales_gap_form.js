import {FormCompiler} from "@web/views/form/form_compiler";
import {FormController} from "@web/views/form/form_controller";
import {RelationalModel} from "@web/model/relational_model/relational_model";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {serializeDate} from "@web/core/l10n/dates";
import {useSetupAction} from "@web/search/action_hook";

/** An analysis, or a row of it: nothing of it is stored. */
class SalesGapRecord extends RelationalModel.Record {
    async _save() {
        return true;
    }
}

class SalesGapModel extends RelationalModel {
    static Record = SalesGapRecord;
}

/** Opens the page that was open before, as Odoo does for records that are stored. */
class SalesGapFormCompiler extends FormCompiler {
    compileNotebook(...args) {
        const page = `__comp__.props.activeNotebookPages[${this.noteBookId}]`;
        const notebook = super.compileNotebook(...args);
        notebook.setAttribute("defaultPage", page);
        return notebook;
    }
}

/**
 * The parameters of an analysis are defaults in its context, so that everything on the
 * page is read anew for others, and is the same again on the way back to the page.
 */
export class SalesGapFormController extends FormController {
    setup() {
        const {parameters, activeNotebookPages} = this.props.state || {};
        this.parameters = parameters || {};
        super.setup();
        const pages = {...activeNotebookPages};
        this.onNotebookPageChange = (notebookId, page) => {
            if (page) {
                pages[notebookId] = page;
            }
        };
        useSetupAction({
            getLocalState: () => ({
                activeNotebookPages: pages,
                parameters: this.parameters,
            }),
        });
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = (record) => this.analyse(record.data);
        return params;
    }

    onWillLoadRoot(config) {
        super.onWillLoadRoot(config);
        Object.assign(config.context, this.parameters);
    }

    displayName() {
        return this.env.config.getDisplayName();
    }

    async analyse({period, day, comparison, dimension}) {
        const before = this.parameters;
        this.parameters = {
            default_period: period,
            default_day: day && serializeDate(day),
            default_comparison: comparison,
            default_dimension: dimension,
        };
        try {
            await this.model.load();
        } catch (error) {
            // Show what the figures are about.
            this.parameters = before;
            await this.model.load();
            throw error;
        }
    }
}

registry.category("views").add("sales_gap_form", {
    ...formView,
    Compiler: SalesGapFormCompiler,
    Controller: SalesGapFormController,
    Model: SalesGapModel,
});
