// Packs what ships into a .vsix for this platform: esbuild, which bundles the author's programs
// when they are run, comes with a native binary.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { thirdPartyNotices } from './notices.mjs';
import { build, packagePath, platform, root } from './project.mjs';

/** Packs dist/ as it is into {@link packagePath}. */
export async function packageExtension() {
  const { createVSIX } = await import('@vscode/vsce');
  writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
  await createVSIX({
    cwd: root,
    packagePath,
    target: platform,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build();
  await packageExtension();
  console.log(packagePath);
}
