import {registry} from "@web/core/registry";

function mark(criterion, value) {
    const row = `.o_sales_rating_marks:contains(${criterion})`;
    return [
        {
            trigger: `${row} button[data-mark='${value}']`,
            run: "click",
        },
        {
            trigger: `${row} button[data-mark='${value}'][aria-pressed=true]`,
        },
    ];
}

registry.category("web_tour.tours").add("sales_rating_of_peer", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(Test Salesperson)",
            run: "click",
        },
        ...mark("Reliability", 2),
        {
            content: "A mark is corrected by another",
            trigger:
                ".o_sales_rating_marks:contains(Reliability) button[data-mark='4']",
            run: "click",
        },
        {
            trigger: ".o_sales_rating_marks:contains(Reliability) button.btn-primary",
        },
        ...mark("Advice", 5),
        {
            trigger: ".o_field_widget[name=note] textarea",
            run: "edit Always there when a customer calls.",
        },
        {
            trigger: "button[name=action_give]",
            run: "click",
        },
        {
            content: "The next rating follows",
            trigger:
                ".o_form_view .o_field_widget[name=person_name]:not(:contains(Test Salesperson))",
        },
    ],
});
