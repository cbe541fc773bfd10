import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_deal_of_salesperson", {
    steps: () => [
        {
            content: "Start to negotiate",
            trigger: ".o_form_view button[name=action_negotiate]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=goal_amount] input",
            run: "edit 980 && press Tab",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=bottom_amount] input",
            run: "edit 900 && press Tab",
        },
        {
            content: "The first round",
            trigger:
                ".o_form_view .o_field_widget[name=round_ids] .o_field_x2many_list_row_add :is(a, button)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=offer_amount] input",
            run: "edit 950 && press Tab",
        },
        {
            content: "We gave way for nothing",
            trigger: ".modal .alert-warning:contains(gave way)",
        },
        {
            trigger: ".modal .o_field_widget[name=counterpart] textarea",
            run: "edit Payment in ten days && press Tab",
        },
        {
            trigger: ".modal:not(:has(.alert-warning))",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=round_ids] .o_data_row:contains(950.00)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

tours.add("sales_contract_of_salesperson", {
    steps: () => [
        {
            content: "Each clause is checked",
            trigger: ".o_form_view .nav-link[name=clauses]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=check_ids] .o_data_row:contains(Parties) button[name=action_done]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=check_ids] .o_data_row:contains(Parties):not(:has(button[name=action_done]))",
        },
        {
            trigger:
                ".o_field_widget[name=check_ids] .o_data_row:contains(Payment) button[name=action_done]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=check_ids] .o_data_row:contains(Payment):not(:has(button[name=action_done]))",
        },
        {
            trigger: ".o_form_view button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert-warning:contains(Test Leader)",
        },
    ],
});

tours.add("sales_contract_of_leader", {
    steps: () => [
        {
            trigger: ".o_form_view button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=comment] :is(input, textarea)",
            run: "edit Lawful and complete",
        },
        {
            trigger: ".modal button[name=add_comment]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:contains(Reviewed)",
        },
    ],
});

tours.add("sales_contract_of_customer", {
    steps: () => [
        {
            content: "Sign",
            trigger: "a[data-bs-target='#modalsign']",
            run: "click",
        },
        {
            content: "No name is proposed for a company: the pad comes with the name",
            trigger: "#modalsign .o_web_sign_name_and_signature input[name=signer]",
            run: "edit N",
        },
        {
            trigger: "#modalsign canvas.o_web_sign_signature",
        },
        {
            trigger: "#modalsign .o_web_sign_name_and_signature input[name=signer]",
            run: "edit Nora North",
        },
        {
            trigger: "#modalsign .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains(We have your signature)",
        },
    ],
});

tours.add("sales_contract_of_director", {
    steps: () => [
        {
            trigger: ".o_form_view button[name=action_sign]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=signature] .o_signature",
            run: "click",
        },
        {
            trigger: ".modal .o_web_sign_auto_button",
        },
        {
            trigger: ".modal .modal-footer .btn-primary:enabled:contains(Adopt)",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_sign]",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_arrow_button_current:contains(Signed)",
        },
    ],
});

tours.add("sales_versions_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_form_view button[name=action_open_sales_versions]",
            run: "click",
        },
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_control_panel button[name=action_compare]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=line_ids] .o_data_row:contains(Changed)",
        },
        {
            trigger: ".modal .btn-secondary:contains(Close)",
            run: "click",
        },
    ],
});
