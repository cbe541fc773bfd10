import {FloatField, floatField} from "@web/views/fields/float/float_field";
import {_t} from "@web/core/l10n/translation";
import {formatFigure, formatGrowth, getUnit} from "./format_figure";
import {formatFloat} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";

const LIST_WIDTH = 122;

/**
 * A figure in the unit of its metric: money, quantity, percent, number or days.
 *
 * Options: `whole` shows money without cents, for lists; `difference` marks the
 * difference of two figures, `growth` the growth of a figure. Both show rates in
 * percentage points.
 * The record holds the unit in `metric_unit` and the currency in `currency_id`, or in
 * the fields that the options `unit_field` and `currency_field` name.
 */
export class SalesFigureField extends FloatField {
    static template = "sales_efficiency_base.SalesFigureField";
    static props = {
        ...FloatField.props,
        whole: {type: Boolean, optional: true},
        isDifference: {type: Boolean, optional: true},
        isGrowth: {type: Boolean, optional: true},
        unitField: {type: String, optional: true},
        currencyField: {type: String, optional: true},
    };
    static defaultProps = {
        ...FloatField.defaultProps,
        unitField: "metric_unit",
        currencyField: "currency_id",
    };

    get unitName() {
        return this.props.record.data[this.props.unitField];
    }

    get currencyId() {
        return this.props.record.data[this.props.currencyField]?.id;
    }

    /** Unit shown before or after the input while editing */
    get unit() {
        return getUnit(this.unitName, this.currencyId);
    }

    get formattedValue() {
        const value = this.props.record.data[this.props.name];
        if (!this.props.readonly) {
            return formatFloat(value, {digits: [16, 2], trailingZeros: false});
        }
        if (this.props.isGrowth) {
            return formatGrowth(value, this.unitName);
        }
        return formatFigure(value, {
            unit: this.unitName,
            currencyId: this.currencyId,
            whole: this.props.whole,
            isDifference: this.props.isDifference,
        });
    }
}

// Formatter of list footers, which do not know the unit
registry
    .category("formatters")
    .add("sales_figure", (value) =>
        formatFloat(value, {digits: [16, 2], trailingZeros: false})
    );

registry.category("fields").add("sales_figure", {
    ...floatField,
    component: SalesFigureField,
    displayName: _t("Metric Figure"),
    // Room for NT$ 123,456,789 in lists; a wider figure may have more.
    listViewWidth: [LIST_WIDTH],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...floatField.extractProps(fieldInfo, dynamicInfo),
        whole: Boolean(fieldInfo.options.whole),
        isDifference: Boolean(fieldInfo.options.difference),
        isGrowth: Boolean(fieldInfo.options.growth),
        unitField: fieldInfo.options.unit_field,
        currencyField: fieldInfo.options.currency_field,
    }),
    fieldDependencies: [
        {name: "metric_unit", type: "selection", readonly: true},
        {
            name: "currency_id",
            type: "many2one",
            relation: "res.currency",
            readonly: true,
        },
    ],
});
