import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {ListRenderer} from "@web/views/list/list_renderer";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "./format_figure";
import {registry} from "@web/core/registry";

/**
 * A list that shows the unit in its sums if it is the same in all rows. Rows with a
 * `depth` are parts of rows above them, so they do not count in the sums.
 */
class SalesFigureListRenderer extends ListRenderer {
    computeAggregates() {
        const aggregates = super.computeAggregates();
        const data = this.props.list.records.map((record) => record.data);
        const rows = data.filter((row) => !row.depth);
        const units = new Set(rows.map((row) => row.metric_unit));
        if (units.size !== 1) {
            return aggregates;
        }
        for (const {name, widget} of this.columns) {
            if (widget === "sales_figure" && aggregates[name]) {
                const sum = rows.reduce((total, row) => total + row[name], 0);
                aggregates[name].value = formatFigure(sum, {
                    unit: rows[0].metric_unit,
                    currencyId: rows[0].currency_id?.id,
                });
            }
        }
        return aggregates;
    }
}

class SalesFigureListField extends X2ManyField {
    static components = {
        ...X2ManyField.components,
        ListRenderer: SalesFigureListRenderer,
    };
}

registry.category("fields").add("sales_figure_list", {
    ...x2ManyField,
    component: SalesFigureListField,
    displayName: _t("Metric List"),
});
