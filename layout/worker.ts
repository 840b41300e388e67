/**
 * The entry of the layout worker: a large topology takes the engine some hundred milliseconds,
 * which must not hold up the extension host.
 */
import { parentPort } from 'node:worker_threads';
import { layoutTopology } from './engine.ts';
import type { LayoutAnswer, LayoutRequest } from './worker-messages.ts';

// Loads the engine while the debugger is still starting the app.
void layoutTopology({ applications: [], nodes: [], edges: [] });

parentPort?.on('message', async (request: LayoutRequest) => {
  parentPort?.postMessage(await answerTo(request));
});

async function answerTo({ id, topology, direction }: LayoutRequest): Promise<LayoutAnswer> {
  try {
    return { id, layout: await layoutTopology(topology, direction) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
