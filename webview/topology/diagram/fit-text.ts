import { textWidth } from '../../../layout/index.ts';

/** The fonts for which the layout has made room, by class. */
const FONTS = [
  { selector: 'text.name', font: { size: 13 } },
  { selector: 'text.title', font: { size: 13, bold: true } },
  { selector: 'text.caption', font: { size: 10.5 } },
  { selector: 'text.split-name', font: { size: 11 } },
] as const;

/**
 * The layout estimates how wide texts are. Where the reader's font is wider still, its texts are
 * squeezed into the room they have, so that none runs over a border.
 */
export function fitTexts(root: SVGElement): void {
  const measured = FONTS.flatMap(({ selector, font }) =>
    [...root.querySelectorAll<SVGTextElement>(selector)].map((element) => ({
      element,
      room: textWidth(element.textContent ?? '', font),
      width: element.getComputedTextLength(),
    })),
  );
  // All are measured before any is changed: a change makes the next measurement slow.
  for (const { element, room, width } of measured) {
    if (width <= room) continue;
    element.setAttribute('textLength', String(room));
    element.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  }
}
