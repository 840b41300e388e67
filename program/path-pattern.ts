/**
 * Whether paths of the model fit `pattern`: `*` stands for any part of one name, `**` for any
 * number of names. A pattern that begins with `/` is the whole path, any other one its end:
 * `items` and `cart/*` both fit `/shop/workflows/cart/items`.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  const end = pattern.startsWith('/') ? pattern : `/${pattern}`;
  const body = end
    .split(/(\*\*|\*)/)
    .map((part) => WILD[part] ?? part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('');
  const fitting = new RegExp(pattern.startsWith('/') ? `^${body}$` : `${body}$`);
  return (path) => fitting.test(path);
}

const WILD: Readonly<Record<string, string>> = { '*': '[^/]*', '**': '.*' };
