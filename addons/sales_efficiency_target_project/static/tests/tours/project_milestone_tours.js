import {registry} from "@web/core/registry";

// The first page of a browser loads the assets, too
const FIRST = {timeout: 30000};

registry.category("web_tour.tours").add("sales_milestones_of_director", {
    steps: () => [
        {
            ...FIRST,
            content: "Open the milestone that is overdue",
            trigger:
                ".o_sales_cockpit_milestones li:contains(Overdue) button[name=milestone]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=project_id]:contains(Test Metro)",
        },
        {
            trigger: ".breadcrumb a:contains(Cockpit)",
            run: "click",
        },
        {
            content: "Open all that are overdue",
            trigger: ".o_sales_cockpit_milestones button[name=overdue]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:only-child:contains(Test Contract)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_milestones_of_salesperson", {
    steps: () => [
        {
            ...FIRST,
            content: "Salespeople see the milestones that they are to reach",
            trigger: ".o_sales_cockpit_milestones li:only-child:contains(Test Metro)",
        },
    ],
});
