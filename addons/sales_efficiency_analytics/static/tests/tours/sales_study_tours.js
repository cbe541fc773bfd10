import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_study_of_director", {
    steps: () => [
        {
            content: "Choose a ready question",
            trigger:
                ".o_kanban_record:contains(make 80 % of the sales) button:contains(Ask)",
            run: "click",
        },
        {
            content: "It is filled in",
            trigger: ".o_form_view [name=metric_id] input:value(Ordered Amount)",
        },
        {
            trigger: ".o_form_view button[name=action_answer]",
            run: "click",
        },
        {
            content: "It waits for its answer",
            trigger: ".o_form_view [name=state] .badge:contains(Waiting)",
        },
    ],
});

tours.add("sales_study_from_figures", {
    steps: () => [
        {
            trigger:
                ".o_cp_action_menus button, .o_control_panel .o_cp_action_menus .dropdown-toggle",
            run: "click",
        },
        {
            trigger: ".o_sales_study_ask",
            run: "click",
        },
        {
            content: "Days of the screen are taken over",
            trigger:
                ".o_form_view [name=date_from] input:not(:value('')), .o_form_view [name=date_from] button",
        },
        {
            content: "What is not is told",
            trigger: ".o_form_view .alert-info:contains(Source)",
        },
        {
            trigger: ".o_form_button_cancel",
            run: "click",
        },
    ],
});

tours.add("sales_study_of_reader", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(Who buys how much):contains(make 80)",
            run: "click",
        },
        {
            content: "The answer in words",
            trigger: ".o_sales_study_verdict li:contains(make 80)",
        },
        {
            content: "Its chart",
            trigger: ".o_sales_study_chart[data-name=pareto] canvas",
        },
        {
            trigger: ".nav-link[name=figures]",
            run: "click",
        },
        {
            content: "Its figures",
            trigger: ".o_form_view [name=tables] td:contains(Asked 7)",
        },
    ],
});

tours.add("sales_finding_asked", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Test North) td[name=display_name]",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_ask]",
            run: "click",
        },
        {
            content: "Its metric and place are filled in",
            trigger: ".o_form_view [name=metric_id] input:value(Ordered Amount)",
        },
        {
            trigger: ".o_form_view button[name=action_answer]",
            run: "click",
        },
        {
            content: "It waits for its answer",
            trigger: ".o_form_view [name=state] .badge:contains(Waiting)",
        },
    ],
});

tours.add("sales_finding_decided", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Test North) td[name=display_name]",
            run: "click",
        },
        {
            content: "The question is one click away",
            trigger: ".o_form_view button[name=action_open_studies]",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Test North)",
            run: "click",
        },
        {
            content: "It is answered in words",
            trigger: ".o_sales_study_verdict li",
        },
        {
            trigger: ".o_form_view button[name=action_decide]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] textarea",
            run: "edit Free delivery in the north",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "What it follows from is one click away",
            trigger: ".o_form_view button[name=action_open_origin]",
            run: "click",
        },
        {
            content: "The study counts it",
            trigger:
                ".o_form_view button[name=action_open_decisions] .o_stat_value:contains(1)",
        },
    ],
});
