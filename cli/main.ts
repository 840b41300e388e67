import { main } from './command.ts';

// The exit code is set rather than forced, so that what was printed reaches its reader.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
