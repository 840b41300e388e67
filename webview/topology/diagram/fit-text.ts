import { textWidth } from '../../../layout/index.ts';

/** The fonts that the layout assumes, by class. */
const FONTS = [
  { selector: 'text.name', font: { size: 13 } },
  { selector: 'text.title', font: { size: 13, bold: true } },
  { selector: 'text.caption', font: { size: 10.5 } },
  { selector: 'text.split-name', font: { size: 11 } },
] as const;

/**
 * The layout estimates text widths. Where the actual font is wider, this function compresses the
 * text to the estimated width, so that none overflows its border.
 */
export function fitTexts(root: SVGElement): void {
  const measured = FONTS.flatMap(({ selector, font }) =>
    [...root.querySelectorAll<SVGTextElement>(selector)].map((element) => ({
      element,
      room: textWidth(element.textContent ?? '', font),
      width: element.getComputedTextLength(),
    })),
  );
  // Measures all texts before changing any: a change forces a reflow at the next measurement.
  for (const { element, room, width } of measured) {
    if (width <= room) continue;
    element.setAttribute('textLength', String(room));
    element.setAttribute('lengthAdjust', 'spacingAndGlyphs');
  }
}
