import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_indicators_of_director", {
    steps: () => [
        {
            content: "The value of the year, and what changed",
            trigger:
                ".o_sales_indicator:contains(Sales Amount) button[name=figure]:contains(3,000)",
        },
        {
            trigger: ".o_sales_indicator:contains(Sales Amount) svg.o_sales_sparkline",
        },
        {
            content: "No value is no error",
            trigger: ".o_sales_indicator:contains(Market Share):contains(No value)",
        },
        {
            trigger: ".o_sales_indicators select[name=by]",
            run: "selectByLabel Salesperson",
        },
        {
            trigger: ".o_sales_indicator:contains(Sales Amount) dt:contains(Outsider)",
        },
        {
            content: "Narrow the board to one person",
            trigger: ".o_sales_indicators select[name=dimension]",
            run: "selectByLabel Salesperson",
        },
        {
            trigger: ".o_sales_indicators select[name=record]",
            run: "selectByLabel Test Outsider",
        },
        {
            trigger:
                ".o_sales_indicator:contains(Sales Amount) button[name=figure]:contains(1,000)",
            run: "click",
        },
        {
            content: "Its documents",
            trigger: ".o_breadcrumb:contains(Ordered Amount)",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "Back on the board, the choice is still there",
            trigger:
                ".o_sales_indicator:contains(Sales Amount) button[name=figure]:contains(1,000)",
        },
    ],
});
