import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const menu = (xmlid) => `[data-menu-xmlid='sales_efficiency_base.${xmlid}']`;

/** Open the app; its first page is the cockpit. */
function openApp(content) {
    return stepUtils.goToAppSteps(
        "sales_efficiency_base.menu_sales_efficiency_root",
        content
    );
}

tours.add("sales_efficiency_director", {
    url: "/odoo",
    steps: () => [
        ...openApp(_t("Plan, follow and improve your sales here.")),
        {
            trigger: ".o_sales_cockpit_start button[name=open]",
            content: _t(
                "Do these steps in their order. Each opens what it is about, and is done as soon as the data is there."
            ),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".breadcrumb-item.o_back_button",
            content: _t("Come back to the cockpit for the next step."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit_start",
        },
    ],
});

tours.add("sales_efficiency_leader", {
    url: "/odoo",
    steps: () => [
        ...openApp(_t("The figures of your team are here.")),
        {
            trigger: ".o_sales_cockpit",
        },
        {
            trigger: `button${menu("menu_sales_efficiency_follow_up")}`,
            content: _t("Warnings that need your answer are here."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: menu("sales_alert_menu"),
            content: _t(
                "A warning says who falls behind. Read the answer, agree on an action."
            ),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: ".o_control_panel .breadcrumb, .o_control_panel .o_breadcrumb",
        },
    ],
});

/** Those of salespeople and of sales support, who see their own figures. */
const ownFigures = {
    url: "/odoo",
    steps: () => [
        ...openApp(_t("Your own figures are here.")),
        {
            trigger: ".o_sales_cockpit",
        },
        {
            trigger: `button${menu("menu_sales_efficiency_analysis")}`,
            content: _t("See what your figures are made of."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: menu("sales_fact_menu"),
            content: _t("Every figure opens down to its order or invoice."),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: ".o_sales_fact_freshness",
        },
    ],
};

tours.add("sales_efficiency_salesperson", ownFigures);
tours.add("sales_efficiency_support", ownFigures);
