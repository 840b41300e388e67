// Packs what ships into a .vsix for this platform: esbuild, which bundles the author's programs
// when they are run, comes with a native binary.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { thirdPartyNotices } from './notices.mjs';
import { build, manifest, root } from './project.mjs';

const target = `${process.platform}-${process.arch}`;

/** The path of the package for this platform. */
export const packagePath = join(root, `${manifest.name}-${target}-${manifest.version}.vsix`);

/** Packs dist/ as it is into {@link packagePath}. */
export async function packageExtension() {
  const { createVSIX } = await import('@vscode/vsce');
  writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
  await createVSIX({
    cwd: root,
    packagePath,
    target,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await build();
  await packageExtension();
  console.log(packagePath);
}
