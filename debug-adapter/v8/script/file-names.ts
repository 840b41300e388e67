import { realpathSync } from 'node:fs';
import nativePath, { type PlatformPath } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where files are; tests replace it to be other platforms. */
export interface FileSystem {
  readonly path: PlatformPath;
  /** The path without links, in the spelling of the disk. @throws Error if there is no file. */
  readonly realpath: (path: string) => string;
}

const NATIVE: FileSystem = { path: nativePath, realpath: realpathSync.native };

/**
 * A path as the platform writes it, with its links: of a path with `..` or of a `file:` URL. What
 * is no path remains as it is, and is the name of no file.
 */
export function pathOf(name: string, { path }: FileSystem = NATIVE): string {
  const isUrl = /^file:/i.test(name);
  if (!isUrl && !path.isAbsolute(name)) return name;
  try {
    const given = isUrl ? pathOfUrl(name, path) : name;
    const short = given.replace(LONG_NETWORK, '\\\\').replace(LONG_PREFIX, '');
    const resolved = path.resolve(short);
    return resolved.replace(DRIVE, (drive) => drive.toUpperCase());
  } catch {
    return name;
  }
}

/** As Windows spells long paths: `\\?\UNC\server\share` and `\\?\C:\folder`. */
const LONG_NETWORK = /^\\\\\?\\UNC\\/;
const LONG_PREFIX = /^\\\\\?\\/;
const DRIVE = /^[a-z]:/;

/** Node 20 converts URLs for its own platform only. */
function pathOfUrl(url: string, path: PlatformPath): string {
  if (path.sep === nativePath.sep) return fileURLToPath(url);
  const { hostname, pathname } = new URL(url);
  const decoded = decodeURIComponent(pathname).replaceAll('/', '\\');
  return hostname ? `\\\\${hostname}${decoded}` : decoded.slice(1);
}

/**
 * Identifies a file: two names have the same identity exactly if they are of one file, whatever
 * links, case, `..`, URL or drive letter they contain. Nothing else decides that.
 */
export function identityOf(name: string, files: FileSystem = NATIVE): string {
  const path = pathOf(name, files);
  const real = realPathOf(path, files);
  // Not for macOS: the spelling of the disk differs where its file systems distinguish names.
  return files.path.sep === '\\' ? real.toLowerCase() : real;
}

function realPathOf(path: string, { realpath }: FileSystem): string {
  try {
    return realpath(path);
  } catch {
    return path;
  }
}

/**
 * Names files as a client does that opened the program as `program`: where the client's path leads
 * through a link, so does the path of every file behind that link. The bundler names files without
 * links.
 */
export function namesBehind(program: string, files: FileSystem = NATIVE): (file: string) => string {
  const { path } = files;
  const start = pathOf(program, files);
  const real = (each: string) => realPathOf(each, files);
  const linked = ancestorsOf(start, path)
    .map((name) => ({ name, behind: real(name) }))
    .filter(({ name, behind }) => name !== behind);
  return (file) => {
    const target = real(pathOf(file, files));
    for (const { name, behind } of linked) {
      if (target === behind) return name;
      const inside = behind.endsWith(path.sep) ? behind : `${behind}${path.sep}`;
      if (target.startsWith(inside)) return path.join(name, target.slice(inside.length));
    }
    return file;
  };
}

/** The path and the folders around it, innermost first. */
function ancestorsOf(start: string, path: PlatformPath): readonly string[] {
  const above = path.dirname(start);
  return above === start ? [start] : [start, ...ancestorsOf(above, path)];
}
