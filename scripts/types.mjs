// Type-checks each part of the tree against the library it is allowed to see: the runtime gets
// neither Node nor the DOM, the webview gets the DOM only, and programs get the declarations that
// ship to their authors.
import { execFileSync } from 'node:child_process';

for (const project of ['runtime', 'webview', '.', 'test/types', 'examples']) {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
    stdio: 'inherit',
  });
}
