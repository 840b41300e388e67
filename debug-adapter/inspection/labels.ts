import type { Choice, Path } from '../../runtime/index.ts';

const KINDS: Readonly<Record<string, string>> = {
  workflows: 'workflow',
  generators: 'generator',
  sequencers: 'sequencer',
  splitters: 'splitter',
  portals: 'portal',
};

/**
 * What an element is called where its application goes without saying: `/shop/workflows/cart` is
 * `cart`, `/shop/workflows/$3` is `workflow $3`; a stream is called as its producer.
 */
export function elementLabel(path: Path): string {
  const segments = path.split('/');
  if (segments.at(-1) === 'stream') segments.pop();
  const name = segments.at(-1) ?? path;
  const kind = KINDS[segments.at(-2) ?? ''];
  return name.startsWith('$') && kind ? `${kind} ${name}` : name;
}

/** What a unit takes in a step, to be read after the unit's name. */
export function inputLabel({ action, input, peer }: Choice): string {
  const from = input === undefined ? '' : ` of ${elementLabel(input)}`;
  switch (action) {
    case 'generate':
      return 'generates an atom';
    case 'atom':
    case 'seal':
      return `${action}${from}`;
    case 'requests':
      return peer === undefined ? `requests${from}` : `requests${from} by ${elementLabel(peer)}`;
    case 'replies':
      return `replies${from}`;
  }
}

/** A step in few words: `cart, atom of commands`, `commands generates an atom`. */
export function stepLabel(choice: Choice): string {
  const unit = elementLabel(choice.unit);
  return choice.action === 'generate'
    ? `${unit} ${inputLabel(choice)}`
    : `${unit}, ${inputLabel(choice)}`;
}
