import {registry} from "@web/core/registry";

const SALES = `2025 年度銷售明細表,,,
日期,單號,業務員,金額
2025/1/5,A1,amy,"1,000"
2025/2/6,A2,王離,500
合計,,,"1,500"
`;

/** Chooses a file, as a person does in the file dialog. */
export async function chooseFile(input, name, content) {
    const files = new DataTransfer();
    files.items.add(new File([content], name));
    input.files = files.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
}

registry.category("web_tour.tours").add("sales_import", {
    steps: () => [
        {
            content: "Choose a messy file: it is read at once",
            trigger: ".o_form_view .o_field_widget[name=file]",
            async run({queryOne}) {
                const input = queryOne(".o_field_widget[name=file] input[type=file]");
                await chooseFile(input, "sales.csv", SALES);
            },
        },
        {
            content: "Somebody who has left is unknown",
            trigger: ".o_field_widget[name=name_ids] .o_data_row:contains(王離)",
        },
        {
            trigger: "button[name=action_create_all]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=name_ids] .o_data_row:contains(王離):contains(Create)",
        },
        {
            content: "The preview adds up by year",
            trigger: ".o_field_widget[name=year_ids] .o_data_row:contains(1,500)",
        },
        {
            trigger: "button[name=action_import]",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_field_widget[name=saved_count]:contains(2)",
        },
        {
            trigger: "button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(王離)",
        },
    ],
});
