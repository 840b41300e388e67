import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import {
  type FileSystem,
  identityOf,
  namesBehind,
  pathOf,
} from '../../../../debug-adapter/v8/script/file-names.ts';

/** A file system of these files, where the first part of `links` leads to the second. */
function disk(
  path: typeof posix,
  files: readonly string[],
  links: Readonly<Record<string, string>> = {},
  ignoresCase = false,
): FileSystem {
  const fold = (name: string) => (ignoresCase ? name.toLowerCase() : name);
  const folders = files.flatMap((file) => {
    const parts = file.split(path.sep);
    return parts.map((_, at) => parts.slice(0, at + 1).join(path.sep) || path.sep);
  });
  const realpath = (name: string): string => {
    for (const [link, target] of Object.entries(links)) {
      if (fold(name) === fold(link) || fold(name).startsWith(`${fold(link)}${path.sep}`)) {
        return realpath(target + name.slice(link.length));
      }
    }
    const found = folders.find((each) => fold(each) === fold(name));
    if (found === undefined) throw new Error(`ENOENT ${name}`);
    return found;
  };
  return { path, realpath };
}

const LINUX = disk(posix, ['/ws/real/a.js', '/ws/real/A.js', '/ws/real/é x.js'], {
  '/ws/link': '/ws/real',
  '/ws/a-link.js': '/ws/real/a.js',
  '/ws/node_modules/pkg': '/ws/link',
});
const MAC = disk(posix, ['/Users/me/App.js'], { '/me': '/Users/me' }, true);
const WINDOWS = disk(
  win32,
  ['C:\\ws\\App.js', '\\\\server\\share\\a.js'],
  { 'D:\\': 'C:\\ws\\', 'C:\\link': 'C:\\ws' },
  true,
);

/** Names of one file, and names of no such file. */
const IDENTITIES: readonly {
  readonly files: FileSystem;
  readonly same: readonly string[];
  readonly other: readonly string[];
}[] = [
  {
    files: LINUX,
    same: [
      '/ws/real/a.js',
      '/ws/link/a.js',
      '/ws/a-link.js',
      '/ws/node_modules/pkg/a.js',
      '/ws/link/../link/./a.js',
      '/ws//real/a.js',
      'file:///ws/real/a.js',
      'file:///ws/link/a.js',
      'FILE:///ws/link/%61.js',
    ],
    other: [
      '/ws/real/A.js',
      '/ws/real/b.js',
      'a.js',
      '',
      'file:///%',
      'file://host/ws/real/a.js',
      'untitled:Untitled-1',
    ],
  },
  {
    files: LINUX,
    same: ['/ws/real/é x.js', '/ws/link/é x.js', 'file:///ws/real/%C3%A9%20x.js'],
    other: ['/ws/real/%C3%A9%20x.js'],
  },
  {
    files: MAC,
    same: [
      '/Users/me/App.js',
      '/users/ME/app.js',
      '/me/APP.js',
      'file:///users/me/app.js',
      '/Users/other/../me/App.js',
    ],
    other: ['/Users/me/Other.js'],
  },
  {
    files: WINDOWS,
    same: [
      'C:\\ws\\App.js',
      'c:\\ws\\app.js',
      'c:/WS/App.js',
      'C:\\link\\App.js',
      'C:\\ws\\x\\..\\App.js',
      'file:///c:/ws/App.js',
      'file:///c%3A/ws/app.js',
      '\\\\?\\C:\\ws\\App.js',
    ],
    other: ['C:\\ws\\Other.js', 'E:\\ws\\App.js', 'App.js'],
  },
  {
    files: WINDOWS,
    same: [
      '\\\\server\\share\\a.js',
      '\\\\SERVER\\share\\A.js',
      '\\\\?\\UNC\\server\\share\\a.js',
      'file://server/share/a.js',
    ],
    other: ['\\\\server\\other\\a.js'],
  },
];

test('names have one identity exactly if they are of one file', () => {
  for (const { files, same, other } of IDENTITIES) {
    const [first = ''] = same;
    const identity = identityOf(first, files);
    for (const name of same) assert.equal(identityOf(name, files), identity, name);
    for (const name of other) assert.notEqual(identityOf(name, files), identity, name);
  }
});

test('files that do not exist have identities, too', () => {
  assert.equal(identityOf('/gone/x/../a.js', LINUX), '/gone/a.js');
  assert.equal(identityOf('C:\\Gone\\A.js', WINDOWS), identityOf('c:/gone/a.js', WINDOWS));
});

test('paths keep links and get one spelling', () => {
  assert.equal(pathOf('file:///ws/link/a.js', LINUX), '/ws/link/a.js');
  assert.equal(pathOf('/ws/link/../link/a.js', LINUX), '/ws/link/a.js');
  assert.equal(pathOf('c:/link/App.js', WINDOWS), 'C:\\link\\App.js');
  assert.equal(pathOf('app.js', LINUX), 'app.js');
});

/** How the client opened the program, a file as the bundler names it, and as the client does. */
const NAMES: readonly (readonly [
  files: FileSystem,
  program: string,
  file: string,
  name: string,
])[] = [
  [LINUX, '/ws/real/a.js', '/ws/real/A.js', '/ws/real/A.js'],
  [LINUX, '/ws/link/a.js', '/ws/real/a.js', '/ws/link/a.js'],
  [LINUX, '/ws/link/a.js', '/ws/real/A.js', '/ws/link/A.js'],
  [LINUX, '/ws/a-link.js', '/ws/real/a.js', '/ws/a-link.js'],
  [LINUX, '/ws/a-link.js', '/ws/real/A.js', '/ws/real/A.js'],
  [LINUX, '/ws/node_modules/pkg/a.js', '/ws/real/A.js', '/ws/node_modules/pkg/A.js'],
  [LINUX, '/ws/link/a.js', '/elsewhere/b.js', '/elsewhere/b.js'],
  [MAC, '/users/me/app.js', '/Users/me/App.js', '/users/me/app.js'],
  [WINDOWS, 'C:\\link\\App.js', 'C:\\ws\\App.js', 'C:\\link\\App.js'],
  [WINDOWS, 'C:\\ws\\App.js', 'C:\\ws\\App.js', 'C:\\ws\\App.js'],
];

test('files behind a link are named as the client opened the program', () => {
  for (const [files, program, file, name] of NAMES) {
    assert.equal(namesBehind(program, files)(file), name, `${program}: ${file}`);
  }
});
