/**
 * The entry of the layout worker. A large topology takes several hundred milliseconds, which would
 * block the extension host.
 */
import { parentPort } from 'node:worker_threads';
import { layoutTopology } from './engine.ts';
import type { LayoutRequest, LayoutResponse } from './worker-messages.ts';

// Loads the layout engine while the debugger starts the app.
void layoutTopology({ applications: [], nodes: [], edges: [] });

parentPort?.on('message', async (request: LayoutRequest) => {
  parentPort?.postMessage(await layoutFor(request));
});

async function layoutFor({ id, topology, direction }: LayoutRequest): Promise<LayoutResponse> {
  try {
    return { id, layout: await layoutTopology(topology, direction) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
