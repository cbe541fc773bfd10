import {markup} from "@odoo/owl";

/**
 * Prepare an action that a method of the server returned to a component: its help is
 * HTML, which the client knows of actions that it loads itself only.
 *
 * @param {object|false} action
 * @returns {object|false}
 */
export function readAction(action) {
    return action?.help ? {...action, help: markup(action.help)} : action;
}
