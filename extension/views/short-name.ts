/** The singular of each folder in a path. */
const KINDS: Readonly<Record<string, string>> = {
  workflows: 'workflow',
  generators: 'generator',
  sequencers: 'sequencer',
  splitters: 'splitter',
  portals: 'portal',
  connections: 'connection',
};

/**
 * The name of a path's element without its application: `/shop/workflows/cart` is `cart`, its task
 * `cart/add`, and an unnamed workflow `workflow $3`. A stream has the name of its producer.
 */
export function shortName(path: string): string {
  const [, , folder = '', ...names] = path.split('/');
  if (names.at(-1) === 'stream' && names.length > 1) names.pop();
  const name = names.join('/');
  if (name === '') return path;
  const kind = KINDS[folder];
  return name.startsWith('$') && kind !== undefined ? `${kind} ${name}` : name;
}
