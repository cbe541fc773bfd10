import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_onboarding_of_hr", {
    steps: () => [
        {
            content: "The job has an onboarding, so HR can start it",
            trigger: ".o_form_view button[name=action_start_sales_onboarding]",
            run: "click",
        },
        {
            content: "The course of the job is its step",
            trigger:
                ".o_form_view [name=step_ids] .o_data_cell[name=course_id]:contains(Negotiating)",
        },
        {
            trigger: ".o_arrow_button_current[data-value=running]",
        },
    ],
});

tours.add("sales_onboarding_of_newcomer", {
    steps: () => [
        {
            content: "Newcomers see what they have to learn, and change nothing",
            trigger:
                ".o_form_view [name=step_ids] .o_data_cell[name=course_id]:contains(Negotiating)",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_stop]))",
        },
    ],
});

tours.add("sales_career_of_salesperson", {
    steps: () => [
        {
            content: "One condition is met, the course is missing",
            trigger: ".o_kanban_record:contains(Pass the course Negotiating)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view [name=conditions] tr:has(.fa-check):contains(Months in the level)",
        },
        {
            trigger:
                ".o_form_view [name=conditions] tr:has(.fa-times):contains(Negotiating)",
        },
        {
            content: "Nobody promotes themselves",
            trigger: ".o_form_view:not(:has(button[name=action_propose_move]))",
        },
    ],
});

tours.add("sales_career_of_leader", {
    steps: () => [
        {
            content: "Those on the path are shown",
            trigger: ".o_group_header:contains(Leading)",
        },
        {
            trigger: ".o_data_row .o_data_cell:contains(Test Salesperson)",
            run: "click",
        },
        {
            trigger: ".o_form_view button.btn-primary[name=action_propose_move]",
            run: "click",
        },
        {
            content: "The next level is filled in",
            trigger: ".o_form_view [name=job_id] input:value(Senior Representative)",
        },
        {
            trigger: ".o_form_view [name=reason] textarea",
            run: "edit The best of the year",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

tours.add("sales_career_talk_of_leader", {
    steps: () => [
        {
            trigger: ".o_form_view [name=summary] textarea",
            run: "edit Learns to lead",
        },
        {
            trigger: "[name=goal_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=goal_ids] .o_selected_row [name=name] input",
            run: "edit Lead three visits",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))",
        },
        {
            trigger: "button[name=action_hold]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=held]",
        },
    ],
});
