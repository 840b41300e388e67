import { addLayer } from '../../panel/dom.ts';
import { pendingStepTitle } from '../aria-labels.ts';
import type { History } from '../history.ts';
import type { TimelineStatus } from '../messages.ts';
import { CRASH_RAIL, drawDensity } from './density-bars.ts';
import { BOLT, GLYPHS, glyphScale } from './glyphs.ts';
import type { Row, Rows } from './rows.ts';
import type { Scale } from './scale.ts';
import { drawLinks, drawSteps } from './step-marks.ts';

const SVG = 'http://www.w3.org/2000/svg';
const PATTERN = 6;
/** Right of the next step. */
const HINT_X = 60;

const HINT = 'Steps appear here as the app runs. Press Step Atom or Continue.';
/** A session that ends without a stop leaves no time to read its history. */
const LOST_HINT =
  'This session ended without a stop. Enable Completion in Breakpoints to keep its steps.';

/** The inputs of the plot. */
export interface PlotView {
  readonly scale: Scale;
  readonly rows: Rows;
  readonly sources: Readonly<Record<string, string>>;
  readonly status: TimelineStatus;
  /** The step highlighted by mouse or keyboard. */
  readonly highlighted: number | undefined;
  readonly ended: boolean;
}

/** The lanes and their steps. */
export class Plot {
  readonly svg = document.createElementNS(SVG, 'svg');
  readonly #ground = addLayer(this.svg, 'ground');
  readonly #column = this.svg.appendChild(document.createElementNS(SVG, 'rect'));
  readonly #density = addLayer(this.svg, 'densities');
  readonly #links = addLayer(this.svg, 'links');
  readonly #steps = addLayer(this.svg, 'steps');
  readonly #future = this.svg.appendChild(document.createElementNS(SVG, 'rect'));
  readonly #pending = addLayer(this.svg, 'pending');
  readonly #present = this.svg.appendChild(document.createElementNS(SVG, 'path'));
  readonly #hint = this.svg.appendChild(document.createElementNS(SVG, 'text'));

  constructor() {
    this.svg.setAttribute('class', 'timeline plot');
    this.svg.prepend(futurePattern());
    this.#column.setAttribute('class', 'column');
    this.#future.setAttribute('class', 'future-ground');
    this.#future.setAttribute('fill', 'url(#future)');
    this.#present.setAttribute('class', 'present');
    this.#pending.append('path').attr('class', 'mark').append('title');
    this.#hint.setAttribute('class', 'empty-hint');
    this.#hint.setAttribute('x', String(HINT_X));
  }

  draw(view: PlotView, history: History): void {
    const { scale, rows, sources, status, highlighted } = view;
    const { step: present, recorded = present } = status;
    this.svg.setAttribute('width', String(scale.width));
    this.svg.setAttribute('height', String(rows.height + CRASH_RAIL));
    this.#drawGround(rows, scale.width);
    place(this.#future, scale.x(present), scale.x(recorded), rows.height);
    const isHighlighted = highlighted !== undefined && scale.hasMarks;
    const column = isHighlighted ? [scale.x(highlighted), scale.x(highlighted + 1)] : [0, 0];
    place(this.#column, column[0] ?? 0, column[1] ?? 0, rows.height);
    const entries = scale.hasMarks ? history.entries(scale) : [];
    const marks = { scale, rows, sources, present };
    drawLinks(this.#links, entries, marks, highlighted);
    drawSteps(this.#steps, entries, marks);
    drawDensity(this.#density, scale.hasMarks ? [] : history.densities(scale), rows, scale);
    this.#drawPending(view);
    const isLost = view.ended && scale.hasMarks && entries.length === 0;
    this.#hint.textContent = recorded === 0 ? HINT : isLost ? LOST_HINT : '';
    this.#hint.setAttribute('y', String(rows.height / 2 + 4));
    this.#present.setAttribute('d', `M${scale.x(present)},0V${rows.height}`);
  }

  #drawGround(rows: Rows, width: number): void {
    this.#ground
      .selectAll<SVGRectElement, Row>('rect')
      .data(rows.rows)
      .join('rect')
      .attr('class', (row) => (row.kind === 'lane' ? 'lane' : 'application'))
      .attr('y', ({ y }) => y)
      .attr('width', width)
      .attr('height', ({ height }) => height);
  }

  /** The current or next step, which is not recorded yet. */
  #drawPending({ scale, rows, status }: PlotView): void {
    const { step, recorded = step, choice, next } = status;
    const shown = choice ?? next;
    const y = rows.middles.get(shown?.unit ?? '');
    const isPending = shown !== undefined && y !== undefined && step >= recorded && scale.hasMarks;
    this.#pending.attr('visibility', isPending ? 'visible' : 'hidden');
    if (!isPending) return;
    const size = glyphScale(scale.stepWidth);
    this.#pending
      .attr('transform', `translate(${scale.x(step + 0.5)},${y}) scale(${size})`)
      .attr('class', choice === undefined ? 'pending' : 'pending under-way');
    const mark = this.#pending.select('.mark').attr('d', GLYPHS[shown.action]);
    mark.attr('class', `mark ${shown.action}`);
    const isCrashed = status.lastCrash?.step === step;
    this.#pending
      .selectAll('.bolt')
      .data(isCrashed ? [BOLT] : [])
      .join('path')
      .attr('class', 'bolt')
      .attr('d', (d) => d)
      .attr('transform', 'translate(5,-5)');
    this.#pending.select('title').text(pendingStepTitle(shown, status));
  }
}

/** The hatched background of the future, so that it differs by more than its color. */
function futurePattern(): SVGElement {
  const pattern = document.createElementNS(SVG, 'pattern');
  const attributes = {
    id: 'future',
    width: PATTERN,
    height: PATTERN,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  };
  for (const [name, value] of Object.entries(attributes)) pattern.setAttribute(name, String(value));
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('class', 'hatching');
  line.setAttribute('d', `M0,0V${PATTERN}`);
  pattern.append(line);
  const defs = document.createElementNS(SVG, 'defs');
  defs.append(pattern);
  return defs;
}

function place(rect: SVGRectElement, from: number, to: number, height: number): void {
  rect.setAttribute('x', String(from));
  rect.setAttribute('width', String(Math.max(0, to - from)));
  rect.setAttribute('height', String(height));
}
