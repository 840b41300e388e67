import { drawEdge, drawGround, drawHeader, drawNode } from '../../../layout/drawing/index.ts';
import type { Box, Layout, LayoutEdge, LayoutGroup, LayoutNode } from '../../../layout/index.ts';
import { addLayer, elementOf, type Layer } from '../../panel/dom.ts';

/** The drawn item of a path. */
export type DiagramItem =
  | { readonly kind: 'group'; readonly item: LayoutGroup }
  | { readonly kind: 'node'; readonly item: LayoutNode };

/**
 * The drawing of one layout. It is drawn once; the status is shown by badges in
 * {@link Diagram.overlay} and by CSS classes on the elements of a path.
 */
export class Diagram {
  readonly layout: Layout;
  /** The group that zooms and pans. */
  readonly root: Layer;
  /** Below the elements: animated atoms, requests and replies. */
  readonly animations: Layer;
  /** Above the elements: badges. */
  readonly overlay: Layer;
  readonly #items = new Map<string, DiagramItem>();
  readonly #edges = new Map<string, LayoutEdge>();
  readonly #elements = new Map<string, SVGElement[]>();
  readonly #lines = new Map<string, SVGPathElement>();

  constructor(svg: SVGSVGElement, layout: Layout) {
    this.layout = layout;
    svg.replaceChildren(hatching());
    this.root = addLayer(svg, 'root');
    const grounds = addLayer(this.root, 'grounds');
    const edges = addLayer(this.root, 'edges');
    this.animations = addLayer(this.root, 'animations');
    const headers = addLayer(this.root, 'headers');
    const nodes = addLayer(this.root, 'nodes');
    this.overlay = addLayer(this.root, 'overlay');
    for (const group of layout.groups) {
      this.#items.set(group.path, { kind: 'group', item: group });
      this.#add(grounds, group.path, elementOf(drawGround(group)));
      if (group.kind === 'workflow') this.#add(headers, group.path, elementOf(drawHeader(group)));
    }
    for (const edge of layout.edges) this.#addEdge(edges, edge);
    const splitsLast = [...layout.nodes].sort((a, b) => isSplit(a) - isSplit(b));
    for (const node of splitsLast) {
      this.#items.set(node.path, { kind: 'node', item: node });
      this.#add(nodes, node.path, elementOf(drawNode(node, layout.direction)));
    }
  }

  itemAt(path: string): DiagramItem | undefined {
    return this.#items.get(path);
  }

  edge(id: string): LayoutEdge | undefined {
    return this.#edges.get(id);
  }

  /** The elements of a path: one, or the ground and the header of a workflow. */
  elements(path: string): readonly SVGElement[] {
    return this.#elements.get(path) ?? [];
  }

  line(edge: string): SVGPathElement | undefined {
    return this.#lines.get(edge);
  }

  get paths(): IterableIterator<string> {
    return this.#items.keys();
  }

  box(path: string): Box | undefined {
    return this.#items.get(path)?.item;
  }

  #add(layer: Layer, path: string, element: SVGElement): void {
    layer.node()?.append(element);
    const known = this.#elements.get(path);
    if (known === undefined) this.#elements.set(path, [element]);
    else known.push(element);
  }

  #addEdge(layer: Layer, edge: LayoutEdge): void {
    this.#edges.set(edge.id, edge);
    const element = elementOf(drawEdge(edge));
    const line = element.querySelector<SVGPathElement>('.line');
    if (line !== null) {
      // A line is too thin to hit; a wide invisible copy receives the pointer.
      const target = line.cloneNode() as SVGPathElement;
      target.setAttribute('class', 'pointer-target');
      element.append(target);
      this.#lines.set(edge.id, line);
    }
    layer.node()?.append(element);
  }
}

/** The pattern of crashed units. */
function hatching(): SVGElement {
  const line = { tag: 'path', attributes: { class: 'hatching', d: 'M0,0V8' } } as const;
  const pattern = document.createElementNS('http://www.w3.org/2000/svg', 'pattern');
  const attributes = {
    id: 'hatching',
    width: '8',
    height: '8',
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  };
  for (const [name, value] of Object.entries(attributes)) pattern.setAttribute(name, value);
  pattern.append(elementOf(line));
  return pattern;
}

function isSplit(node: LayoutNode): number {
  return node.kind === 'split' ? 1 : 0;
}
