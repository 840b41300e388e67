import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { stopAllAtExit } from '../../../scripts/process.mjs';
import { root } from '../../../scripts/project.mjs';
import { scratch } from '../../../scripts/vscode/cache.mjs';
import { chromiumFlags, ensureChromium } from '../../../scripts/vscode/chromium.mjs';
import { installServer } from '../../../scripts/vscode/install-server.mjs';
import type { Release } from '../../../scripts/vscode/releases.mjs';
import { type Running, serve, workbenchAddress } from '../../../scripts/vscode/server.mjs';
import { builtPackage } from '../../built-file.ts';
import { results, Workbench } from './workbench.ts';

stopAllAtExit();

/** What no scenario looks at costs a third of the processor time of a window. */
const lightSettings = {
  'typescript.tsserver.useSyntaxServer': 'always',
  'typescript.disableAutomaticTypeAcquisition': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
};

/** A VS Code with the packaged extension installed and a copy of the examples to work on. */
export class ServedVsCode {
  readonly #release: Release;
  readonly #folder = join(mkdtempSync(join(tmpdir(), 'portals-')), 'examples');
  readonly #data: string;
  #running: Running | undefined;
  #browser: Browser | undefined;

  private constructor(release: Release) {
    this.#release = release;
    this.#data = join(scratch, `e2e-${release.version}`);
  }

  /** Serves while the tests of the enclosing `describe` run. */
  static during(release: Release): ServedVsCode {
    const serving = new ServedVsCode(release);
    before(() => serving.#start());
    after(() => serving.#stop());
    return serving;
  }

  /** Opens a window for one test. Saves logs and a screenshot if it fails. */
  async window(name: string, use: (workbench: Workbench) => Promise<void>): Promise<void> {
    if (!this.#running || !this.#browser) throw new Error('VS Code is not being served.');
    const address = workbenchAddress(this.#running.port, this.#folder);
    const title = `${this.#release.version}-${name}`;
    const workbench = await Workbench.open(this.#browser, address, title);
    try {
      await use(workbench);
    } catch (error) {
      await workbench.screenshot('failed');
      writeFileSync(join(results, `${title}-frames.txt`), await workbench.frames());
      cpSync(this.#running.log, join(results, `${title}-server.log`));
      cpSync(join(this.#data, 'data', 'logs'), join(results, `${title}-logs`), { recursive: true });
      throw error;
    } finally {
      await workbench.close();
    }
  }

  async #start(): Promise<void> {
    // The examples refer to the declarations beside their folder.
    for (const folder of ['examples', 'types']) {
      cpSync(join(root, folder), join(this.#folder, '..', folder), { recursive: true });
    }
    rmSync(this.#data, { recursive: true, force: true });
    const server = await installServer(this.#release);
    this.#running = await serve(server, {
      data: this.#data,
      vsix: builtPackage(),
      settings: lightSettings,
    });
    const executablePath = await ensureChromium();
    this.#browser = await chromium.launch({ executablePath, args: chromiumFlags });
  }

  async #stop(): Promise<void> {
    await this.#browser?.close();
    await this.#running?.stop();
    rmSync(join(this.#folder, '..'), { recursive: true, force: true });
  }
}
