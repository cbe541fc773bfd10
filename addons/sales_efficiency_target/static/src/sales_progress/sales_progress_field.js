import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";
import {_t} from "@web/core/l10n/translation";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {registry} from "@web/core/registry";

/**
 * An attainment as a bar in the colour of the record's `status`. Without a status, only
 * a reached target has a colour.
 */
export class SalesProgressField extends ProgressBarField {
    get progressBarColorClass() {
        const isReached = this.currentValue >= this.maxValue;
        const status = this.props.record.data.status || (isReached && "reached");
        return status ? `bg-${getStatusColor("attainment", status)}` : "bg-primary";
    }
}

registry.category("fields").add("sales_progress", {
    ...progressBarField,
    component: SalesProgressField,
    displayName: _t("Attainment Bar"),
    supportedOptions: [],
});
