const OPTIONS = {enableHighAccuracy: true, maximumAge: 0, timeout: 15000};
const REFUSED = 1;

/**
 * Read the place of the phone, once.
 *
 * @returns {Promise<object>} latitude, longitude and accuracy, or else the problem
 */
export function readPlace() {
    return new Promise((resolve) => {
        // Browsers hide it from pages that are not encrypted.
        if (!navigator.geolocation || !window.isSecureContext) {
            resolve({problem: "no_signal"});
            return;
        }
        navigator.geolocation.getCurrentPosition(
            ({coords: {latitude, longitude, accuracy}}) =>
                resolve({latitude, longitude, accuracy}),
            (error) =>
                resolve({problem: error.code === REFUSED ? "refused" : "no_signal"}),
            OPTIONS
        );
    });
}
