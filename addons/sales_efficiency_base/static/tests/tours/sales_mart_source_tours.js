import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_mart_refresh", {
    steps: () => [
        {
            content: "Changes wait for the refresh",
            trigger: ".o_sales_fact_freshness .badge:contains(waiting)",
        },
        {
            trigger: ".o_sales_fact_freshness button:contains(Refresh Now)",
            run: "click",
        },
        {
            content: "The figures show them",
            trigger: ".o_notification:contains(The figures are up to date.)",
        },
        {
            trigger: ".o_sales_fact_freshness:not(:has(.badge))",
        },
        {
            trigger: ".o_data_row:contains(Orders) [name=fact_count]:contains(1)",
        },
    ],
});
