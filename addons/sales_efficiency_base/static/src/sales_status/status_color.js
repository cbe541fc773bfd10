import {session} from "@web/session";

/**
 * Return the theme colour of a status, by the code that the server defines.
 *
 * @param {string} kind see `sales.status.color`
 * @param {string} value
 * @returns {string} success, info, warning, danger or secondary
 */
export function getStatusColor(kind, value) {
    return session.sales_status_colors?.[kind]?.[value] || "secondary";
}
