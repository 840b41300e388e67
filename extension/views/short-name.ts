/** The folders of a path, and what one element in them is called. */
const KINDS: Readonly<Record<string, string>> = {
  workflows: 'workflow',
  generators: 'generator',
  sequencers: 'sequencer',
  splitters: 'splitter',
  portals: 'portal',
  connections: 'connection',
};

/**
 * The name of a path's element as its author gave it, for lists where the application goes without
 * saying: `/shop/workflows/cart` is `cart`, its task `cart/add`, and an unnamed one `workflow $3`.
 * A stream is called as its producer.
 */
export function shortName(path: string): string {
  const [, , folder = '', ...names] = path.split('/');
  if (names.at(-1) === 'stream' && names.length > 1) names.pop();
  const name = names.join('/');
  if (name === '') return path;
  const kind = KINDS[folder];
  return name.startsWith('$') && kind !== undefined ? `${kind} ${name}` : name;
}
