import { addLayer } from '../../panel/dom.ts';
import { branchDetails, branchTitle } from '../aria-labels.ts';
import type { TimelineStatus } from '../messages.ts';
import { type BranchRow, branchRows } from './branch-rows.ts';
import type { Scale } from './scale.ts';
import { ticksOf, tickText } from './ticks.ts';

const TICKS_HEIGHT = 20;
const BRANCH_HEIGHT = 13;

/** The strip above the lanes: step numbers, branches and the current position. */
export class Axis {
  readonly svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  readonly #branches = addLayer(this.svg, 'branches');
  readonly #ticks = addLayer(this.svg, 'ticks');
  readonly #present = addLayer(this.svg, 'present-flag');

  constructor() {
    this.svg.setAttribute('class', 'timeline axis');
    this.svg.setAttribute('aria-hidden', 'true');
    this.#present.append('path');
  }

  /** The height of the axis in pixels. */
  static heightFor(status: TimelineStatus): number {
    return TICKS_HEIGHT + branchRows(status).length * BRANCH_HEIGHT;
  }

  draw(scale: Scale, status: TimelineStatus): void {
    const rows = branchRows(status);
    const height = Axis.heightFor(status);
    this.svg.setAttribute('width', String(scale.width));
    this.svg.setAttribute('height', String(height));
    this.#drawBranches(rows, scale);
    this.#drawTicks(scale, status, height);
    const x = scale.x(status.step);
    this.#present.attr('transform', `translate(${x},${height})`);
    this.#present.select('path').attr('d', 'M0,0 l-5,-6 v-5 h10 v5 Z');
  }

  #drawTicks(scale: Scale, { step, recorded = step }: TimelineStatus, height: number): void {
    const ticks = ticksOf(scale, recorded);
    const ticked = this.#ticks
      .selectAll<SVGGElement, number>('g')
      .data(ticks, (tick) => tick)
      .join((enter) => {
        const group = enter.append('g');
        group.append('path').attr('d', 'M0,-4 V0');
        group.append('text').attr('x', 3).attr('y', -6);
        return group;
      });
    ticked.attr('transform', (tick) => `translate(${scale.x(tick)},${height})`);
    ticked.select('text').text((tick) => tickText(tick, scale));
  }

  #drawBranches(rows: readonly BranchRow[], scale: Scale): void {
    const middle = (row: number): number => row * BRANCH_HEIGHT + BRANCH_HEIGHT / 2 + 2;
    const drawn = this.#branches
      .selectAll<SVGGElement, BranchRow>('g')
      .data(rows, ({ branch }) => branch.id)
      .join((enter) => {
        const group = enter.append('g');
        group.append('title');
        // A line is too thin to hit; the row receives the pointer.
        group.append('rect').attr('height', BRANCH_HEIGHT);
        group.append('path');
        group.append('text');
        return group;
      });
    drawn
      .attr('data-branch', ({ branch }) => branch.id)
      .attr('data-from', ({ from }) => from)
      .attr('data-to', ({ to }) => to);
    drawn
      .select('rect')
      .attr('x', ({ from }) => scale.x(from))
      .attr('y', ({ row }) => row * BRANCH_HEIGHT)
      .attr('width', ({ from, to }) => Math.max(20, scale.x(to) - scale.x(from)));
    drawn.attr('class', ({ isCurrent }) => (isCurrent ? 'branch current' : 'branch'));
    drawn.select('title').text(({ branch }) => {
      const details = branchDetails(branch).map(({ term, value }) => `${term}: ${value}`);
      return [branchTitle(branch), ...details].join('\n');
    });
    drawn.select('path').attr('d', ({ row, parentRow, from, to }) => {
      const [left, right, y] = [scale.x(from), scale.x(to), middle(row)];
      const leaving =
        parentRow === undefined ? `M${left},${y}` : `M${left},${middle(parentRow)}V${y}`;
      return `${leaving}H${Math.max(left + 2, right)}`;
    });
    drawn
      .select('text')
      .attr('x', ({ from }) => Math.max(2, scale.x(from)) + 4)
      .attr('y', ({ row }) => middle(row) - 2)
      .text(({ branch }) => branchTitle(branch));
  }
}
