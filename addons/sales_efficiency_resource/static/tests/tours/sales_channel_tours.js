import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_channel_member_of_salesperson", {
    steps: () => [
        {
            content: "A prospect is on the board",
            trigger: ".o_kanban_record:contains(Agent Wu)",
            run: "click",
        },
        {
            content: "It lacks an area",
            trigger: ".o_form_view .alert-info:contains(Regions)",
        },
        {
            trigger: ".o_field_widget[name=region_ids] input",
            run: "edit Test North",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test North)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_next_stage]",
            run: "click",
        },
        {
            content: "It is in talks; the checklist of the contract is next",
            trigger: ".o_field_widget[name=item_ids] label:contains(Prices and terms)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=item_ids] label:contains(Credit)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_next_stage]",
            run: "click",
        },
        {
            content: "Contract and review are there already, training is not",
            trigger: ".o_field_widget[name=item_ids] label:contains(Trained)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_next_stage]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=date_active]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_channel_plan_of_director", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell:contains(Test Agent)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal [name=comment] input",
            run: "edit Go ahead.",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=running]",
        },
    ],
});
