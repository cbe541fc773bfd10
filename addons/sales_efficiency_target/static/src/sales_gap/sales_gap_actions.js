import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {pick} from "@web/core/utils/objects";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** What can be opened from a row of a gap analysis, which is stored nowhere. */
export class SalesGapActions extends Component {
    static template = "sales_efficiency_target.SalesGapActions";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
    }

    get buttons() {
        const {can_be_tagged, child_id, kind, section} = this.props.record.data;
        const {comparison} = this.props.record.model.root.data;
        const hasLastYear =
            ["scope", "lost"].includes(section) || comparison === "last_year";
        return [
            {
                name: "action_tag_cause",
                icon: "fa-tag",
                title: _t("Choose a cause"),
                isShown: can_be_tagged,
            },
            {
                name: "action_open_figures",
                icon: "fa-search",
                title:
                    section === "lost"
                        ? _t("Open the opportunities")
                        : _t("Open the figures behind the actual"),
                isShown: kind !== "before",
            },
            {
                name: "action_open_last_year",
                icon: "fa-history",
                title: _t("Open the figures of last year"),
                isShown: hasLastYear && kind !== "after",
            },
            {
                name: "action_open_gap_analysis",
                icon: "fa-level-down",
                title: _t("Analyse the gap of this part"),
                isShown: Boolean(child_id),
            },
        ].filter((button) => button.isShown);
    }

    get row() {
        const {data} = this.props.record;
        return {
            ...pick(data, "section", "kind", "name", "dimension", "res_id", "domain"),
            ...pick(data, "actual", "deviation"),
            child_id: data.child_id && data.child_id.id,
        };
    }

    async open(name) {
        const {model, resModel} = this.props.record;
        const context = {...model.config.context, sales_gap_row: this.row};
        const action = await this.orm.call(resModel, name, [[]], {context});
        await this.action.doAction(readAction(action), {
            onClose: () => model.load(),
        });
    }
}

registry.category("view_widgets").add("sales_gap_actions", {
    component: SalesGapActions,
    fieldDependencies: [
        {name: "actual", type: "float", readonly: true},
        {name: "can_be_tagged", type: "boolean", readonly: true},
        {name: "child_id", type: "many2one", readonly: true},
        {name: "deviation", type: "float", readonly: true},
        {name: "dimension", type: "char", readonly: true},
        {name: "domain", type: "json", readonly: true},
        {name: "kind", type: "selection", readonly: true},
        {name: "name", type: "char", readonly: true},
        {name: "res_id", type: "integer", readonly: true},
        {name: "section", type: "selection", readonly: true},
    ],
});
