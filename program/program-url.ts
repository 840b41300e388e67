/** The script name under which hosts evaluate a bundled program. */
export const PROGRAM_URL = 'portals-program.js';
