import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {waitUntil} from "@odoo/hoot-dom";

// The first page of a browser loads the assets, too
const FIRST = {timeout: 30000};

// What the director has chosen before opening documents
const CHOICES_OF_DIRECTOR = [
    {
        trigger: ".o_sales_cockpit button[name=month][aria-pressed=true]",
    },
    {
        trigger: ".o_sales_cockpit_gauge.o_selected:contains(Margin Rate)",
    },
];

function goBack() {
    browser.history.back();
}

function openDocuments(name) {
    return [
        {
            content: "Open the order behind the figure",
            trigger: `.o_list_view .o_data_row:contains(${name}) [name=document]`,
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=order_line]:contains(Test Goods)",
        },
    ];
}

registry.category("web_tour.tours").add("sales_cockpit_of_director", {
    steps: () => [
        {
            ...FIRST,
            content: "Directors see the company at first",
            trigger: ".o_sales_cockpit button[name=company][aria-pressed=true]",
        },
        {
            content: "... with all metrics",
            trigger: ".o_sales_cockpit_gauge:contains(Margin Rate):contains(98.3 %)",
        },
        {
            trigger: ".o_sales_cockpit_gauge.o_selected:contains(6,912)",
        },
        {
            content: "People are compared with each other",
            trigger:
                ".o_sales_cockpit_ranking li:first-child:contains(Test Outsider):contains(5,678)",
        },
        {
            content: "... and teams",
            trigger: ".o_sales_cockpit_ranking button[name=team_id]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit_ranking li:first-child:contains(Test Other):contains(5,678)",
        },
        {
            content: "No line of the chart goes beyond its points",
            trigger: ".o_sales_cockpit_chart canvas",
            async run({anchor}) {
                // The library of charts loads after the figures.
                const chart = await waitUntil(() => window.Chart?.getChart(anchor), {
                    timeout: 9000,
                });
                const {datasets} = chart.data;
                if (
                    datasets.some((line) => line.cubicInterpolationMode !== "monotone")
                ) {
                    throw new Error("Lines are smoothed beyond what ever was");
                }
            },
        },
        {
            content: "Look at the own team",
            trigger: ".o_sales_cockpit button[name=team]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit_gauge:only-child:contains(Test Other):contains(5,678)",
        },
        {
            trigger: ".o_sales_cockpit button[name=company]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit:has(button[name=company][aria-pressed=true]) .o_sales_cockpit_gauge:contains(Margin Rate)",
        },
        {
            content: "What opportunities let expect stands beside the projection",
            trigger: ".o_sales_cockpit_gauge button[name=pipeline]:contains(5,000)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:only-child:contains(Test Tender)",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        {
            content: "Turn to this month",
            trigger: ".o_sales_cockpit button[name=month]",
            run: "click",
        },
        {
            content: "The ranking of teams is still there",
            trigger:
                ".o_sales_cockpit:has(button[name=month][aria-pressed=true]) .o_sales_cockpit_ranking li:contains(Test Field)",
        },
        {
            content: "Look at another metric",
            trigger:
                ".o_sales_cockpit_gauge:contains(Margin Rate) .o_sales_cockpit_select",
            run: "click",
        },
        {
            content: "A rate is not cumulative",
            trigger:
                ".o_sales_cockpit:contains(Month by month) button[name=metric]:contains(Margin Rate)",
        },
        {
            trigger: ".o_sales_cockpit_gauge:contains(6,912) button[name=actual]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Test Salesperson)",
        },
        ...openDocuments("Test Outsider"),
        {
            content: "Back to where one was",
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        ...CHOICES_OF_DIRECTOR,
        {
            content: "... and so by the button of the browser",
            trigger: ".o_sales_cockpit_gauge:contains(6,912) button[name=target]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=month_ids] .o_data_row",
            run: goBack,
        },
        ...CHOICES_OF_DIRECTOR,
        {
            trigger: ".o_sales_cockpit",
            run: () => browser.history.forward(),
        },
        {
            content: "Its breadcrumb knows the choices, too",
            trigger: ".o_form_view [name=month_ids] .o_data_row",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        ...CHOICES_OF_DIRECTOR,
        {
            content: "What was compared is kept, too",
            trigger: ".o_sales_cockpit_gauge:contains(6,912) .o_sales_cockpit_select",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit_ranking button[name=team_id][aria-pressed=true]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_cockpit_of_leader", {
    steps: () => [
        {
            ...FIRST,
            content: "Leaders see their team, and nothing of another one",
            trigger:
                ".o_sales_cockpit_gauge:contains(Test Field):contains(1,234):not(:contains(5,678))",
        },
        {
            content: "... and what the team is part of, by name only",
            trigger: ".o_sales_cockpit_path:not(:contains(%))",
        },
        {
            trigger: ".o_sales_cockpit_gaps li:contains(Test Colleague)",
        },
        {
            content: "Open the target of who is furthest behind",
            trigger: ".o_sales_cockpit_gaps li:contains(Test Colleague) [name=target]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=month_ids] .o_data_row",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        {
            trigger:
                ".o_sales_cockpit_ranking li:contains(Test Salesperson) [name=actual]",
            run: "click",
        },
        ...openDocuments("Test Salesperson"),
    ],
});

registry.category("web_tour.tours").add("sales_cockpit_of_salesperson", {
    steps: () => [
        {
            ...FIRST,
            content: "Salespeople see their own target, with nothing to choose",
            trigger:
                ".o_sales_cockpit:not(:has(button[name=company])) .o_sales_cockpit_gauge:only-child:contains(1,234)",
        },
        {
            content: "They are not ranked",
            trigger: ".o_sales_cockpit:not(:has(.o_sales_cockpit_ranking))",
        },
        {
            content: "Look at the whole year",
            trigger: ".o_sales_cockpit button[name=year]",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit_gauge button[name=target]:contains(300,000)",
        },
        {
            content: "... which is compared with 1,000 by the same day of last year",
            trigger: ".o_sales_cockpit_gauge button[name=growth]:contains(+23.4 %)",
        },
        {
            content: "Open the results",
            trigger: ".o_sales_cockpit_gauge .o_sales_cockpit_attainment",
            run: "click",
        },
        {
            content: "... where the status has its colour",
            trigger:
                ".o_list_view .o_data_row:only-child:contains(Test Salesperson) [name=status] .badge[class*=text-bg-]:not(.text-bg-300)",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit_gauge button[name=actual]",
            run: "click",
        },
        ...openDocuments("Test Salesperson"),
    ],
});

registry.category("web_tour.tours").add("sales_cockpit_without_plan", {
    steps: () => [
        {
            ...FIRST,
            trigger: ".o_sales_cockpit .o_nocontent_help button:contains(Make a Plan)",
            run: "click",
        },
        {
            content: "The draft of the year, to go on with",
            trigger: ".o_sales_plan_form .o_arrow_button_current:contains(Draft)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_cockpit_on_phone", {
    steps: () => [
        {
            ...FIRST,
            content: "Nothing is wider than the phone",
            trigger: ".o_sales_cockpit_gauge:contains(1,234)",
            run() {
                const content = document.querySelector(".o_sales_cockpit_content");
                if (content.scrollWidth > content.clientWidth) {
                    throw new Error("The cockpit scrolls sideways");
                }
            },
        },
        {
            trigger: ".o_sales_cockpit button[name=month]",
            run: "click",
        },
        {
            trigger: ".o_sales_cockpit button[name=month][aria-pressed=true]",
        },
        {
            trigger:
                ".o_sales_cockpit button[name=next], .o_sales_cockpit [name=previous]",
        },
        {
            trigger: ".o_sales_cockpit_gauge button[name=actual]:contains(1,234)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Test Salesperson)",
        },
    ],
});
