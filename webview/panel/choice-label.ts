import type { PanelChoice } from './messages.ts';

/** The last segment of a path; for a stream, the name of its producer. */
export function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'stream' ? nameOf(path.slice(0, path.lastIndexOf('/'))) : name;
}

/** Describes a step in one sentence. */
export function choiceSentence({ unit, action, input, peer }: PanelChoice): string {
  const [name, from, asker] = [unit, input, peer].map((path) => (path ? nameOf(path) : ''));
  switch (action) {
    case 'generate':
      return `${name} generates an atom`;
    case 'atom':
      return `${name} processes an atom${from && ` of ${from}`}`;
    case 'seal':
      return `${name} receives the end of ${from || 'its input'}`;
    case 'requests':
      return `${name} answers requests of ${asker} at portal ${from}`;
    case 'replies':
      return `${name} takes replies from portal ${from}`;
  }
}
