/** One example that ships with the extension. */
export interface Example {
  readonly file: string;
  readonly title: string;
  readonly summary: string;
}

/** The comment a file begins with: a block, or a run of line comments. */
const LEADING_COMMENT = /^\s*(?:\/\*+([\s\S]*?)\*\/|((?:[ \t]*\/\/.*\n?)+))/;

/** Describes the example in `file` by its name and the first paragraph of its leading comment. */
export function describeExample(file: string, source: string): Example {
  const comment = LEADING_COMMENT.exec(source);
  const paragraphs = (comment?.[1] ?? comment?.[2] ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/|\*)?\s?/, '').trimEnd())
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  return { file, title: titleOf(file), summary: paragraphs[0]?.replaceAll('\n', ' ') ?? '' };
}

/** `word-count.js` is "Word count". */
function titleOf(file: string): string {
  const words = file.replace(/\.[^.]*$/, '').replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
