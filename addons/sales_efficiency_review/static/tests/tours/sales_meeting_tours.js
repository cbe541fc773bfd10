import {registry} from "@web/core/registry";

function openPage(name) {
    return {
        trigger: `.o_notebook .nav-link[name=${name}]`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("sales_meeting_of_leader", {
    steps: () => [
        {
            content: "Open the meeting that is planned",
            trigger: ".o_data_row:contains(Planned) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "The agenda is there already",
            trigger: ".o_form_view [name=agenda]:contains(largest deviations)",
        },
        {
            trigger: "button[name=action_generate_pack]",
            run: "click",
        },
        openPage("pack"),
        {
            content: "Everybody's figures of the month are there",
            trigger:
                "[name=person_line_ids] .o_data_row:contains(Test Salesperson):contains(24,000):contains(80)",
        },
        {
            trigger: "[name=product_line_ids] .o_data_row:contains(Test Line)",
        },
        openPage("minutes"),
        {
            trigger: "[name=minutes] .odoo-editor-editable",
            run: "editor Two tenders have moved.",
        },
        openPage("actions"),
        {
            content: "What the last meeting agreed is still open",
            trigger: "[name=carried_line_ids] .o_data_row:contains(Call the bank)",
        },
        {
            trigger: "[name=action_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=action_ids] .o_selected_row [name=name] input",
            run: "edit Visit the three largest customers",
        },
        {
            trigger: "[name=action_ids] .o_selected_row [name=user_id] input",
            run: "edit Test Salesperson",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Salesperson)",
            run: "click",
        },
        {
            content: "The meeting is over",
            trigger: "button[name=action_hold]",
            run: "click",
        },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current[data-value=held]:contains(Held)",
        },
        {
            content: "Its figures do not change any more",
            trigger: ".o_form_view:not(:has(button[name=action_generate_pack]))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_meeting_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Held):first .o_data_cell[name=name]",
            run: "click",
        },
        openPage("minutes"),
        {
            content: "Who attended reads the minutes",
            trigger: "[name=minutes]:contains(Two tenders have moved.)",
        },
        {
            content: "... but does not write them",
            trigger: "[name=minutes]:not(:has(.odoo-editor-editable))",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_send_minutes]))",
        },
        openPage("actions"),
        {
            trigger: "[name=action_ids] .o_data_row:contains(Visit the three largest)",
        },
    ],
});
