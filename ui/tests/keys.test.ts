import { describe, expect, test } from 'vitest';
import type { ShortcutAction, Shortcuts } from '../src/lib/api/backend';
import { ACTIONS, DEFAULT_KEYS, actionOf, ariaKeys, fullGradeOf, keyName, optionOf, rebound, refusal, type Press } from '../src/lib/keys';

const usual: Shortcuts = { enabled: true, keys: {} };
const off: Shortcuts = { enabled: false, keys: {} };
const press = (key: string, more: Partial<Press> = {}): Press => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false, ...more });

describe('what a key does', () => {
  const table: [string, ShortcutAction | null][] = [
    [' ', 'reveal'], ['Enter', 'reveal'], ['1', 'again'], ['2', 'hard'], ['3', 'good'], ['4', 'easy'], ['u', 'undo'], ['U', 'undo'], ['e', 'edit'], ['s', 'suspend'],
    ['b', 'bury'], ['f', 'flag'], ['o', 'origin'], ['.', 'more'], ['?', 'help'], ['Escape', 'leave'], ['9', 'crisis'], ['x', null], ['Tab', null], ['Shift', null], ['5', null], ['0', null],
  ];
  test.each(table)('%j means %s', (key, action) => expect(actionOf(press(key), usual)).toBe(action));

  const ignored: [string, Partial<Press>][] = [
    ['held down', { repeat: true }], ['with Ctrl', { ctrlKey: true }], ['with Alt', { altKey: true }], ['with Meta', { metaKey: true }], ['composing', { isComposing: true }], ['composing, as older web views say it', { keyCode: 229 }],
  ];
  test.each(ignored)('nothing when %s', (_, more) => {
    for (const key of [' ', '1', '3', 'u', 's']) expect(actionOf(press(key, more), usual), key).toBeNull();
  });

  test('Ctrl+Z undoes, but not while held down', () => {
    expect(actionOf(press('z', { ctrlKey: true }), usual)).toBe('undo');
    expect(actionOf(press('Z', { metaKey: true }), usual)).toBe('undo');
    expect(actionOf(press('z', { ctrlKey: true, repeat: true }), usual)).toBeNull();
    expect(actionOf(press('z'), usual)).toBeNull();
  });

  test('switched off, only Ctrl+Z and Escape remain', () => {
    expect(actionOf(press('z', { ctrlKey: true }), off)).toBe('undo');
    expect(actionOf(press('Escape'), off)).toBe('leave');
    for (const key of [' ', 'Enter', '1', 'u', '?', '9']) expect(actionOf(press(key), off), key).toBeNull();
  });

  test('every action has a key of its own', () => {
    expect(new Set(Object.values(DEFAULT_KEYS)).size).toBe(ACTIONS.length);
  });
});

describe('options and the full scale', () => {
  test.each([['a', 0], ['D', 3], ['1', 0], ['4', 3], ['e', null], ['5', null], ['9', null], [' ', null], ['Enter', null]])('%j picks %s of four', (key, index) => {
    expect(optionOf(press(key), 4, usual)).toBe(index);
  });
  test('eight options go to H and 8', () => {
    expect(optionOf(press('h'), 8, usual)).toBe(7);
    expect(optionOf(press('8'), 8, usual)).toBe(7);
    expect(optionOf(press('i'), 9, usual)).toBeNull();
  });
  test.each([['0', 0], ['5', 5], ['6', null], ['a', null]])('%j grades %s on the full scale', (key, grade) => {
    expect(fullGradeOf(press(key), usual)).toBe(grade);
  });
});

describe('changing a key', () => {
  test('keeps only what differs', () => {
    const moved = rebound('good', 'J', usual);
    expect(moved.keys).toEqual({ good: 'J' });
    expect(actionOf(press('j'), moved)).toBe('good');
    expect(actionOf(press('3'), moved)).toBeNull();
    expect(rebound('good', '3', moved).keys).toEqual({});
  });
  test.each<[ShortcutAction, string, ReturnType<typeof refusal>]>([
    ['good', 'J', null], ['good', 'U', { why: 'taken', by: 'undo' }], ['undo', '7', { why: 'grades' }], ['again', '7', null], ['more', 'Enter', { why: 'fixed' }],
    ['edit', 'Escape', { why: 'taken', by: 'leave' }], ['edit', 'ArrowUp', { why: 'fixed' }], ['edit', 'E', null], ['edit', '0', { why: 'grades' }], ['good', 'F5', { why: 'fixed' }],
  ])('%s on %s: %j', (action, key, expected) => expect(refusal(action, key, usual)).toEqual(expected));
  test('a key is named as it is kept', () => {
    expect([keyName(press(' ')), keyName(press('ñ')), keyName(press('Shift')), keyName(press('Esc'))]).toEqual(['Space', 'Ñ', null, 'Escape']);
  });
  test('what is announced is what works', () => {
    expect(ariaKeys('undo', usual)).toBe('U Control+Z');
    expect(ariaKeys('undo', off)).toBe('Control+Z');
    expect(ariaKeys('edit', off)).toBeUndefined();
    expect(ariaKeys('reveal', usual)).toBe('Space Enter');
  });
});
