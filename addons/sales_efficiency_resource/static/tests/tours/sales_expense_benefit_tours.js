import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_expense_benefit_of_director", {
    steps: () => [
        {
            content: "Kinds of expenses with the sales alongside",
            trigger:
                ".o_sales_expense_benefit_table tr:contains(Test Travel) td[name=spent]:contains(3,500)",
        },
        {
            content: "Charts beside each other",
            trigger: ".o_sales_expense_benefit_chart canvas",
        },
        {
            trigger: ".o_sales_expense_benefit button[name=team_id]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_expense_benefit_table tr:contains(Test Field) td[name=marginal]:contains(8)",
        },
        {
            content: "One kind only",
            trigger: ".o_sales_expense_benefit select[name=kind]",
            run: "selectByLabel Test Marketing",
        },
        {
            trigger:
                ".o_sales_expense_benefit_table tr:contains(Without) td[name=spent]:contains(1,000)",
        },
        {
            content: "Campaigns with what is attributed to them",
            trigger: ".o_sales_expense_benefit button[name=campaign_id]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_expense_benefit_table tr:contains(Test Fair) td[name=roi]:contains(Without cost)",
        },
        {
            trigger: "button[name=propose]",
            run: "click",
        },
        {
            content: "The reckoning first",
            trigger: ".modal [name=reckoning]:contains(8.00 of margin)",
        },
        {
            trigger:
                ".modal .o_field_widget[name=line_ids] tr:contains(less than 10 %)",
        },
        {
            trigger: ".modal [name=amount] input",
            run: "edit 5000",
        },
        {
            trigger: ".modal button[name=action_draft]",
            run: "click",
        },
        {
            content: "The move is a draft",
            trigger: ".o_form_view .o_arrow_button_current:contains(Draft)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_campaign_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row:contains(Test Fair)",
        },
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=title] input",
            run: "edit Spring Fair",
        },
        {
            trigger: ".o_form_view [name=sales_planned_cost] input",
            run: "edit 800",
        },
        {
            trigger: ".nav-link[name=sales_benefit]",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved [name=sales_scope_text]:contains(Test Salesperson)",
        },
    ],
});
