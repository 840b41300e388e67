/** A font; sizes in pixels. */
export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

export const NAME_FONT: Font = { size: 13 };
export const CAPTION_FONT: Font = { size: 10.5 };
export const TITLE_FONT: Font = { size: 13, bold: true };
export const SPLIT_FONT: Font = { size: 11 };

/** The height of one line of `font`. */
export function lineHeight(font: Font): number {
  return Math.round(font.size * 1.25);
}

/**
 * The estimated width of `text` in pixels, independent of the machine. Based on DejaVu Sans, the
 * widest of the likely fonts, so it tends to overestimate.
 */
export function textWidth(text: string, font: Font): number {
  let em = 0;
  for (const character of text) em += characterWidth(character);
  return Math.ceil(em * 0.01 * font.size * (font.bold === true ? 1.12 : 1));
}

/**
 * Breaks `name` into lines of at most `limit` characters, preferably at word boundaries (`-`, `_`,
 * `.`, `/`, a space, or a capital after a small letter), so that long names need no ellipsis.
 */
export function breakName(name: string, limit: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(name, limit)) {
    if (line !== '' && line.length + word.length > limit) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  lines.push(line.trim());
  return lines;
}

function wordsOf(name: string, limit: number): string[] {
  const words = name.split(/(?<=[-_./:\s])|(?<=[\p{Ll}\d])(?=\p{Lu})/u);
  return words.flatMap((word) => chunksOf([...word], limit));
}

function chunksOf(characters: readonly string[], limit: number): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < characters.length; start += limit) {
    chunks.push(characters.slice(start, start + limit).join(''));
  }
  return chunks;
}

/** Advance widths of the printable ASCII characters in hundredths of an em, from the space on. */
const ASCII_WIDTHS = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
  64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
  60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
  63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];

/** Full-width characters: CJK, Hangul, full-width forms, emoji. */
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]|\p{Extended_Pictographic}/u;

function characterWidth(character: string): number {
  const ascii = ASCII_WIDTHS[(character.codePointAt(0) ?? 0) - 32];
  return ascii ?? (WIDE.test(character) ? 105 : 72);
}
