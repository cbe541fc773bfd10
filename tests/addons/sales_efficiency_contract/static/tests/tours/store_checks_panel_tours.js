import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_store_checks_panel", {
    steps: () => [
        {
            // The first page of a browser loads the assets, too
            timeout: 30000,
            content: "The check of this year is shown beside what else there is",
            trigger: ".o_sales_cockpit_lists section[name=store_checks]:contains(1)",
        },
        {
            content: "It follows the choice of the period",
            trigger: ".o_sales_cockpit button[name=year]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit:has(button[name=year][aria-pressed=true]) button[name=previous]:enabled",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit section[name=store_checks]:contains(0)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_cockpit_of_base", {
    steps: () => [
        {
            timeout: 30000,
            content: "Without targets there are the bare figures",
            trigger:
                ".o_sales_cockpit_figure:contains(Ordered Amount) button[name=figure]:contains(1,234)",
            run: "click",
        },
        {
            content: "... which open their documents",
            trigger: ".o_list_view .o_data_row:contains(Test Salesperson)",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit button[name=month]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit:has(button[name=month][aria-pressed=true]) .o_sales_cockpit_figure:contains(1,234)",
        },
    ],
});
