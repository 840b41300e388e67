import { main } from './command.ts';

// The exit code is set rather than forced, so that what was printed reaches its reader.
process.exitCode = await main(process.argv.slice(2));
