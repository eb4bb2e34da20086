import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { emit } from '@tauri-apps/api/event';
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/lib/api/commands';
import { asFailure } from '../src/lib/api/failure';
import { tauri } from '../src/lib/api/tauri';
import { mockBackend } from '../src/lib/api/mock';
import { words } from '../src/lib/words';

const root = join(import.meta.dirname, '..');
const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
const files = walk(join(root, 'src')).map((path) => ({ path: relative(root, path), source: readFileSync(path, 'utf8') }));
const where = (pattern: RegExp) => files.filter(({ source }) => pattern.test(source)).map(({ path }) => path);

describe('the house', () => {
  test('only lib/api/tauri.ts knows Tauri', () => expect(where(/@tauri-apps/)).toEqual(['src/lib/api/tauri.ts']));
  test('no markup is ever built from text', () => expect(where(/\{@html|innerHTML|insertAdjacentHTML/)).toEqual([]));
  test('no style that the policy would refuse', () => expect(where(/\sstyle=["{]/)).toEqual([]));
  test('no any, no silenced type', () => expect(where(/:\s*any\b|as any\b|@ts-ignore|@ts-expect-error|@ts-nocheck/)).toEqual([]));
  test('only the mock is loaded late', () => expect(where(/await import\(/)).toEqual(['src/lib/api/index.ts']));
  test('a component fits on three screens of an editor', () => {
    const long = files.filter(({ path, source }) => path.endsWith('.svelte') && source.split('\n').length > 200);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test('every word of the catalogue is used', () => {
    const source = files.filter(({ path }) => !path.includes('/words/en.ts')).map((file) => file.source).join('\n');
    const unused: string[] = [];
    for (const [section, entries] of Object.entries(words)) {
      if (typeof entries === 'string') continue;
      for (const key of Object.keys(entries)) if (!new RegExp(`\\b(w|words)\\.${section}\\.${key}\\b`).test(source)) unused.push(`${section}.${key}`);
    }
    expect(unused).toEqual([]);
  });

  test('no user-facing words outside the catalogue', () => {
    const offenders = files.filter(({ path }) => path.endsWith('.svelte')).flatMap(({ path, source }) => {
      const markup = source.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '').replace(/=>/g, '');
      return [...markup.matchAll(/>\s*([A-Za-z][a-z]+(?: [a-z]+)*)\s*</g)].map((found) => `${path}: ${found[1]}`);
    });
    expect(offenders).toEqual([]);
  });
});

describe('the edge', () => {
  afterEach(() => clearMocks());

  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  test('one command for each method; the rest are events', () => {
    const wanted = [...COMMANDS, 'on_import_waiting', 'on_files_over', 'media_address'];
    expect(Object.keys(tauri).map(snake)).toEqual(wanted);
    expect(Object.keys(mockBackend()).map(snake)).toEqual(wanted);
  });
  test('each method asks for its own command', async () => {
    const asked: string[] = [];
    mockIPC((command) => void asked.push(command));
    const methods = Object.entries(tauri).filter(([name]) => !name.startsWith('on') && name !== 'mediaAddress');
    for (const [, ask] of methods) await (ask as () => Promise<unknown>)();
    expect(asked).toEqual([...COMMANDS]);
  });
  test('events are heard until one stops listening', async () => {
    mockIPC(() => {}, { shouldMockEvents: true });
    const heard: unknown[] = [];
    const stops = [tauri.onImportWaiting(() => heard.push('waiting')), tauri.onFilesOver((over) => heard.push(over))];
    const say = async () => {
      await emit('import-waiting');
      await emit('tauri://drag-enter', { paths: ['/home/ana/a.csv'] });
      await emit('tauri://drag-leave');
      await emit('tauri://drag-enter', { paths: [] });
      await emit('tauri://drag-drop', { paths: ['/home/ana/a.csv'] });
    };
    await say();
    expect(heard).toEqual(['waiting', true, false, false, false]);
    stops.forEach((stop) => stop());
    await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => resolve(null))));
    await say();
    expect(heard).toHaveLength(5);
  });
  test('a failure stays what it is; anything else becomes internal', () => {
    const failure = { code: 'busy', message: 'm', hint: 'h' };
    expect(asFailure(failure)).toBe(failure);
    expect(asFailure('text')).toEqual({ code: 'internal', message: 'text', hint: '' });
    expect(asFailure(new TypeError('oops'))).toEqual({ code: 'internal', message: 'oops', hint: '' });
    expect(asFailure({ code: 'toString', message: 'm', hint: 'h' }).code).toBe('internal');
    expect(asFailure(null).code).toBe('internal');
  });
});
