import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const PAUSE = 1000;

/** Shows how far an import is, and loads the form anew once it has come to its end. */
export class SalesImportProgressField extends Component {
    static template = "sales_efficiency_base.SalesImportProgressField";
    static props = {...standardFieldProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), PAUSE);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const {record} = this.props;
        if (record.data.state === "running" && !this.isLoading) {
            this.isLoading = true;
            await record.load();
            this.isLoading = false;
        }
    }

    get percent() {
        return Math.round(this.props.record.data[this.props.name]);
    }
}

export const salesImportProgressField = {
    component: SalesImportProgressField,
    displayName: _t("Progress of an Import"),
    supportedTypes: ["float"],
};

registry.category("fields").add("sales_import_progress", salesImportProgressField);
