import { drawDiagram } from './drawing/diagram.ts';
import type { Mark } from './drawing/mark.ts';
import { colourStyle, DARK, FONT_FAMILY, LIGHT, SHAPE_STYLE } from './drawing/style.ts';
import type { Layout } from './geometry.ts';

/**
 * Renders a layout as a standalone SVG document that follows the color scheme of the viewer. Every
 * element has its path as a `title`, which browsers show as a tooltip.
 */
export function svgOf(layout: Layout): string {
  const layers_ = drawDiagram(layout);
  const layers = [layers_.grounds, layers_.edges, layers_.headers, layers_.nodes].map(
    (marks): Mark => ({ tag: 'g', attributes: {}, children: marks }),
  );
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="topology" width="${width}"` +
      ` height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}">`,
    `<style>${SHAPE_STYLE}${backgroundStyle(LIGHT.background)}${colourStyle(LIGHT)}`,
    `@media (prefers-color-scheme: dark) {`,
    `${backgroundStyle(DARK.background)}${colourStyle(DARK)}`,
    '}</style>',
    `<rect class="background" width="${width}" height="${height}"/>`,
    ...layers.map((layer) => textOf(layer, '')),
    '</svg>',
    '',
  ].join('\n');
}

function backgroundStyle(colour: string): string {
  return `.background { fill: ${colour}; }\n`;
}

/** Serializes a mark as indented text. */
function textOf(mark: Mark, indent: string): string {
  const attributes = Object.entries(mark.attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
  const { 'data-path': path } = mark.attributes;
  const title: Mark[] =
    path === undefined ? [] : [{ tag: 'title', attributes: {}, text: String(path) }];
  const inner = [...title, ...(mark.children ?? [])];
  const children = inner.map((child) => textOf(child, `${indent}  `));
  if (children.length > 0) {
    return `${indent}<${mark.tag}${attributes}>\n${children.join('\n')}\n${indent}</${mark.tag}>`;
  }
  if (mark.text === undefined) return `${indent}<${mark.tag}${attributes}/>`;
  return `${indent}<${mark.tag}${attributes}>${escaped(mark.text)}</${mark.tag}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
