import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFiles } from '../program-files.ts';
import { checkProject } from '../types/compile.ts';
import { invoke } from './invoke.ts';

const page = readFileSync('docs/writing-portal-apps.md', 'utf8');

/** The programs of the page, each with what it prints, by the last heading before them. */
const programs = page.split(/^## /m).flatMap((section) => {
  const title = section.slice(0, section.indexOf('\n'));
  const found = [...section.matchAll(/```(js|ts)\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)];
  return found.map(([, language = '', text = '', printed = '']) => {
    return { title, file: `${title.replaceAll(/\W+/g, '-')}.${language}`, text, printed };
  });
});

for (const { title, file, text, printed } of programs) {
  test(`the program of '${title}' prints what stands below it`, async () => {
    const { code, out, err } = await invoke('run', join(writeFiles({ [file]: text }), file));
    assert.equal(code, 0, err);
    assert.equal(`${out}\n`, printed);
  });
}

test('the programs are as many as they were, and the type checker accepts them', () => {
  assert.equal(programs.length, 9);
  const scripts = programs.map(({ file, text }) => [join('examples', file), text]);
  assert.deepEqual(checkProject('examples', Object.fromEntries(scripts)).complaints, []);
  const typed = programs.filter(({ file }) => file.endsWith('.ts'));
  const modules = typed.map(({ file, text }) => [join('test/types', file), text]);
  assert.deepEqual(checkProject('test/types', Object.fromEntries(modules)).complaints, []);
});

test('every link of the page leads somewhere', () => {
  for (const [, target = ''] of page.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    if (!target.startsWith('#')) {
      assert.ok(existsSync(join('docs', target)), target);
      continue;
    }
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title);
    const anchors = headings.map((title) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
    assert.ok(anchors.includes(target.slice(1)), target);
  }
});
