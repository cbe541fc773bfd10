import {registry} from "@web/core/registry";

// The first page of a browser loads the assets, too
const FIRST = {timeout: 30000};

registry.category("web_tour.tours").add("sales_my_development", {
    steps: () => [
        {
            ...FIRST,
            content: "KPIs of the quarter that runs",
            trigger:
                ".o_sales_section[name=kpis] li:contains(30.0 %):contains(On track)",
        },
        {
            content: "A place in a training",
            trigger:
                ".o_sales_section[name=trainings] li:contains(Has a place) button[name=open_row]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=session_id]:contains(Negotiating)",
        },
        {
            trigger: ".breadcrumb a:contains(My Development)",
            run: "click",
        },
        {
            content: "The figures behind a KPI",
            trigger: ".o_sales_section[name=kpis] li button[name=open_row]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row",
        },
    ],
});

registry.category("web_tour.tours").add("sales_team_board", {
    steps: () => [
        {
            ...FIRST,
            content: "The people by KPI",
            trigger:
                ".o_sales_section[name=kpi_map] tr:contains(Test Salesperson) button[name=open_figures]:contains(96.0 %)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row",
        },
        {
            trigger: ".breadcrumb a:contains(Team Board)",
            run: "click",
        },
        {
            content: "An appraisal to tell",
            trigger:
                ".o_sales_section[name=talks] li:contains(Test Salesperson) button[name=open_row]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_tell]",
        },
        {
            trigger: ".breadcrumb a:contains(Team Board)",
            run: "click",
        },
        {
            content: "The cycle before has no appraisals",
            trigger: "select[name=cycle]",
            run: "selectByIndex 1",
        },
        {
            trigger: ".o_sales_section[name=kpi_map]:not(:has(table))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_team_cockpit", {
    steps: () => [
        {
            ...FIRST,
            content: "The grades, as a chart",
            trigger: ".o_sales_section[name=grades] canvas",
        },
        {
            trigger: ".o_sales_section[name=grades] button[name=open_all]",
            run: "click",
        },
        {
            content: "The figures behind it",
            trigger: ".o_pivot_view table",
        },
    ],
});

registry.category("web_tour.tours").add("sales_team_board_of_hr", {
    steps: () => [
        {
            ...FIRST,
            trigger:
                ".o_sales_section[name=sessions]:contains(Negotiating) button[name=open_all]",
            run: "click",
        },
        {
            trigger: ".o_calendar_view",
        },
    ],
});
