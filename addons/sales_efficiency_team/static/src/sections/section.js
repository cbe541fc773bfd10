import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * The components of sections, by the `kind` of their server-side class (a subclass of
 * `Section`). A component gets the prop `section`: what `describe` returns.
 */
export const sectionKinds = registry.category("sales_section_kinds");

/** Props of every component. */
export const sectionProps = {section: Object};

/**
 * Return functions that open what a section shows.
 *
 * @returns {object}
 */
export function useSectionOpeners() {
    const action = useService("action");

    /** All records of an action; with a domain, those alone, without its filters. */
    async function openAll({action: name, domain, view_type: viewType}) {
        const options = viewType ? {viewType} : {};
        if (!domain) {
            return action.doAction(name, options);
        }
        const loaded = await action.loadAction(name);
        return action.doAction({...loaded, context: {}, domain}, options);
    }

    return {
        openAll,
        /** A row: its own action, or the record in the form of the section's. */
        openRow: (section, row) => {
            const name = row.action ?? section.action;
            if (typeof name !== "string") {
                return action.doAction(readAction(name));
            }
            if (typeof row.id !== "number") {
                return openAll(row);
            }
            return action.doAction(name, {viewType: "form", props: {resId: row.id}});
        },
    };
}
