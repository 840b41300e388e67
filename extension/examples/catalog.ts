/** An example that ships with the extension. */
export interface Example {
  readonly file: string;
  readonly title: string;
  readonly summary: string;
}

/** The leading comment of a file: a block comment or consecutive line comments. */
const LEADING_COMMENT = /^\s*(?:\/\*+([\s\S]*?)\*\/|((?:[ \t]*\/\/.*\n?)+))/;

/** The first paragraph of the comment: `Title: summary`, or only a summary. */
const TITLED = /^([^:.]{3,40}): (.*)$/;

/** Describes the example in `file` by the first paragraph of its leading comment. */
export function describeExample(file: string, source: string): Example {
  const comment = LEADING_COMMENT.exec(source);
  const [first = ''] = (comment?.[1] ?? comment?.[2] ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/|\*)?\s?/, '').trimEnd())
    .join('\n')
    .trim()
    .split(/\n{2,}/);
  const paragraph = first.replaceAll('\n', ' ');
  const [, title, summary] = TITLED.exec(paragraph) ?? [];
  if (title === undefined) return { file, title: titleOf(file), summary: paragraph };
  return { file, title, summary: capitalised(summary ?? '') };
}

/** `word-count.js` is "Word count". */
function titleOf(file: string): string {
  return capitalised(file.replace(/\.[^.]*$/, '').replaceAll(/[-_]/g, ' '));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
