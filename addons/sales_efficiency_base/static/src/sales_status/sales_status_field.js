import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";
import {_t} from "@web/core/l10n/translation";
import {getStatusColor} from "./status_color";
import {registry} from "@web/core/registry";

/** A status as a badge in its colour; the option `kind` names the kind of status. */
export class SalesStatusField extends BadgeField {
    static props = {...BadgeField.props, kind: String};

    get badgeClass() {
        const value = this.props.record.data[this.props.name];
        return `text-bg-${getStatusColor(this.props.kind, value)}`;
    }
}

registry.category("fields").add("sales_status", {
    ...badgeField,
    component: SalesStatusField,
    displayName: _t("Status in Its Colour"),
    supportedTypes: ["selection"],
    supportedOptions: [],
    extractProps: ({options}) => ({kind: options.kind}),
});
