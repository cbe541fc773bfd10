import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_feedback_leader_tells", {
    steps: () => [
        {
            content: "Who is to be told is in the list",
            trigger: ".o_data_row:contains(Test Salesperson) [name=deadline]",
            run: "click",
        },
        {
            content: "Result and gaps are at hand",
            trigger: ".o_form_view [name=score]:contains(80.00)",
        },
        {
            trigger: "[name=strengths] textarea",
            run: "edit Many new customers",
        },
        {
            trigger: ".o_notebook_headers a[name=gaps]",
            run: "click",
        },
        {
            trigger: "[name=gap_ids] .o_data_row:contains(80.00)",
        },
        {
            trigger: "button[name=action_tell]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=held]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_feedback_person_objects", {
    steps: () => [
        {
            content: "The person finds the appraisal, and the talk",
            trigger: ".o_kanban_record:contains(Test Salesperson)",
            run: "click",
        },
        {
            trigger: "button[name=action_open_talk]",
            run: "click",
        },
        {
            trigger: "[name=strengths]:contains(Many new customers)",
        },
        {
            trigger: "[name=person_note] textarea",
            run: "edit An order of August is missing",
        },
        {
            trigger: "button[name=action_object]",
            run: "click",
        },
        {
            trigger: ".modal [name=reason] textarea",
            run: "edit The order of 10 August is missing",
        },
        {
            trigger: ".modal footer .btn-primary",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_form_view [name=reply]:contains(Objected)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_feedback_director_decides", {
    steps: () => [
        {
            content: "The objection waits for the next superior",
            trigger: ".o_data_row:contains(Test Salesperson) [name=reason]",
            run: "click",
        },
        {
            trigger: "[name=answer] textarea",
            run: "edit The order belongs to the quarter",
        },
        {
            trigger: "button[name=action_uphold]",
            run: "click",
        },
        {
            trigger: ".modal [name=reason] input:value(The order belongs)",
        },
        {
            trigger: ".modal button[name=action_correct]",
            run: "click",
        },
        {
            content: "A new version waits to be told",
            trigger: ".o_form_view [name=version]:contains(2)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_feedback_person_accepts_plan", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Test Colleague) [name=date_end]",
            run: "click",
        },
        {
            content: "What is to be reached, and by when",
            trigger: "[name=goal_ids] .o_data_row:contains(1,000)",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=running]",
        },
    ],
});
