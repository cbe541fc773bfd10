import {registry} from "@web/core/registry";

// Made by the test: the exported plan with changed figures
const WORKBOOK = "/web/content/__test__.sales_target_workbook";

registry.category("web_tour.tours").add("sales_target_import", {
    steps: () => [
        {
            content: "The plan can be exported",
            trigger: ".o_form_view button[name=action_export]",
        },
        {
            trigger: ".o_form_view .o_statusbar_buttons button:contains(Import)",
            run: "click",
        },
        {
            content: "Upload the changed file",
            trigger: ".modal .o_field_widget[name=file]",
            async run({queryOne}) {
                const response = await fetch(WORKBOOK);
                const files = new DataTransfer();
                files.items.add(new File([await response.blob()], "plan.xlsx"));
                const input = queryOne(".modal [name=file] input[type=file]");
                input.files = files.files;
                input.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            trigger: ".modal .o_field_widget[name=file] input:value(plan.xlsx)",
        },
        {
            trigger: ".modal button[name=action_preview]",
            run: "click",
        },
        {
            content: "The preview says what would change, from what to what",
            trigger:
                ".modal .o_data_row:contains(Test Salesperson):contains(10.00 → 30.00)",
        },
        {
            content: "A new target is previewed too",
            trigger: ".modal .o_data_row:contains(Test Line):contains(New)",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            content: "The targets of the plan follow",
            trigger: ".o_list_view .o_data_row:contains(Test Line)",
        },
    ],
});
