import type { LayoutEdge } from '../../../layout/index.ts';
import type { Layer } from '../../panel/dom.ts';
import type { PanelStatus } from '../messages.ts';
import type { Diagram } from './diagram.ts';
import { motionReduced } from './viewport.ts';

/** Something that moved along an edge between two statuses. */
export interface EdgeAnimation {
  readonly edge: LayoutEdge;
  readonly payload: 'atom' | 'request' | 'reply';
  /** Against the arrow: from a portal to the replier or to the asker. */
  readonly reversed: boolean;
}

/** More animations at once would be unreadable. */
const ANIMATIONS_MAX = 24;
const ANIMATION_MS = 420;

/** What moved from `before` to `after`; nothing when going back in time. */
export function edgeAnimationsOf(
  diagram: Diagram,
  before: PanelStatus,
  after: PanelStatus,
): EdgeAnimation[] {
  if (after.step <= before.step) return [];
  const { unit } = before.choice ?? before.next ?? {};
  const animations = diagram.layout.edges.flatMap((edge): EdgeAnimation[] => {
    if (edge.stream !== undefined) {
      const atoms = (after.streams[edge.stream] ?? 0) - (before.streams[edge.stream] ?? 0);
      return atoms > 0 ? [{ edge, payload: 'atom', reversed: false }] : [];
    }
    if (edge.kind === 'request') return requestAnimations(edge, unit, before, after);
    if (edge.kind === 'reply') return replyAnimations(edge, before, after);
    return [];
  });
  return animations.slice(0, ANIMATIONS_MAX);
}

/** New requests move from the asker to the portal; consumed replies move back to it. */
function requestAnimations(
  edge: LayoutEdge,
  unit: string | undefined,
  before: PanelStatus,
  after: PanelStatus,
): EdgeAnimation[] {
  if (unit !== undefined && !edge.from.startsWith(`${unit}/`)) return [];
  const [was, is] = [before.portals[edge.to], after.portals[edge.to]];
  const asked = (is?.requests ?? 0) - (was?.requests ?? 0);
  const answered = (was?.replies ?? 0) - (is?.replies ?? 0);
  return [
    ...(asked > 0 ? [{ edge, payload: 'request', reversed: false } as const] : []),
    ...(answered > 0 ? [{ edge, payload: 'reply', reversed: true } as const] : []),
  ];
}

/** Consumed requests move from the portal to its replier; new replies move to the portal. */
function replyAnimations(
  edge: LayoutEdge,
  before: PanelStatus,
  after: PanelStatus,
): EdgeAnimation[] {
  const [was, is] = [before.portals[edge.to], after.portals[edge.to]];
  const taken = (was?.requests ?? 0) - (is?.requests ?? 0);
  const replied = (is?.replies ?? 0) - (was?.replies ?? 0);
  return [
    ...(taken > 0 ? [{ edge, payload: 'request', reversed: true } as const] : []),
    ...(replied > 0 ? [{ edge, payload: 'reply', reversed: false } as const] : []),
  ];
}

/** Runs `animations` along their edges unless the user prefers reduced motion. */
export function animateEdges(
  layer: Layer,
  diagram: Diagram,
  animations: readonly EdgeAnimation[],
): void {
  const node = layer.node();
  if (node === null || motionReduced()) return;
  for (const animation of animations) {
    const line = diagram.line(animation.edge.id)?.getAttribute('d');
    if (line === null || line === undefined || node.childElementCount >= ANIMATIONS_MAX) continue;
    const marker = layer.append('rect').attr('class', `payload ${animation.payload}`).node();
    if (marker === null) continue;
    marker.style.offsetPath = `path("${line}")`;
    const keyframes = [{ offsetDistance: '0%' }, { offsetDistance: '100%' }];
    const running = marker.animate(animation.reversed ? keyframes.reverse() : keyframes, {
      duration: ANIMATION_MS,
      easing: 'ease-in-out',
    });
    running.onfinish = () => marker.remove();
    running.oncancel = () => marker.remove();
  }
}
