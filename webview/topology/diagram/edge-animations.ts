import type { LayoutEdge } from '../../../layout/index.ts';
import type { Layer } from '../../panel/dom.ts';
import type { PanelStatus } from '../messages.ts';
import type { Picture } from './diagram.ts';
import { motionReduced } from './viewport.ts';

/** Something that moved along an edge between two statuses. */
export interface Flight {
  readonly edge: LayoutEdge;
  readonly cargo: 'atom' | 'request' | 'reply';
  /** Against the arrow: from a portal to the replier, or to the asker. */
  readonly back: boolean;
}

/** Beyond so many at once they would only blur. */
const FLIGHTS_MAX = 24;
const FLIGHT_MS = 420;

/** What moved from `before` to `after`. Going back in time shows nothing. */
export function flightsOf(picture: Picture, before: PanelStatus, after: PanelStatus): Flight[] {
  if (after.step <= before.step) return [];
  const { unit } = before.choice ?? before.next ?? {};
  const flights = picture.layout.edges.flatMap((edge): Flight[] => {
    if (edge.stream !== undefined) {
      const atoms = (after.streams[edge.stream] ?? 0) - (before.streams[edge.stream] ?? 0);
      return atoms > 0 ? [{ edge, cargo: 'atom', back: false }] : [];
    }
    if (edge.kind === 'request') return requestFlights(edge, unit, before, after);
    if (edge.kind === 'reply') return replyFlights(edge, before, after);
    return [];
  });
  return flights.slice(0, FLIGHTS_MAX);
}

/** New requests fly from the asking unit to the portal; taken replies fly back to it. */
function requestFlights(
  edge: LayoutEdge,
  unit: string | undefined,
  before: PanelStatus,
  after: PanelStatus,
): Flight[] {
  if (unit !== undefined && !edge.from.startsWith(`${unit}/`)) return [];
  const [was, is] = [before.portals[edge.to], after.portals[edge.to]];
  const asked = (is?.requests ?? 0) - (was?.requests ?? 0);
  const answered = (was?.replies ?? 0) - (is?.replies ?? 0);
  return [
    ...(asked > 0 ? [{ edge, cargo: 'request', back: false } as const] : []),
    ...(answered > 0 ? [{ edge, cargo: 'reply', back: true } as const] : []),
  ];
}

/** Taken requests fly from the portal to its replier; new replies fly to the portal. */
function replyFlights(edge: LayoutEdge, before: PanelStatus, after: PanelStatus): Flight[] {
  const [was, is] = [before.portals[edge.to], after.portals[edge.to]];
  const taken = (was?.requests ?? 0) - (is?.requests ?? 0);
  const replied = (is?.replies ?? 0) - (was?.replies ?? 0);
  return [
    ...(taken > 0 ? [{ edge, cargo: 'request', back: true } as const] : []),
    ...(replied > 0 ? [{ edge, cargo: 'reply', back: false } as const] : []),
  ];
}

/** Lets `flights` run along their lines, unless the person prefers no motion. */
export function fly(layer: Layer, picture: Picture, flights: readonly Flight[]): void {
  const node = layer.node();
  if (node === null || motionReduced()) return;
  for (const flight of flights) {
    const line = picture.line(flight.edge.id)?.getAttribute('d');
    if (line === null || line === undefined || node.childElementCount >= FLIGHTS_MAX) continue;
    const cargo = layer.append('rect').attr('class', `cargo ${flight.cargo}`).node();
    if (cargo === null) continue;
    cargo.style.offsetPath = `path("${line}")`;
    const way = [{ offsetDistance: '0%' }, { offsetDistance: '100%' }];
    const animation = cargo.animate(flight.back ? way.reverse() : way, {
      duration: FLIGHT_MS,
      easing: 'ease-in-out',
    });
    animation.onfinish = () => cargo.remove();
    animation.oncancel = () => cargo.remove();
  }
}
