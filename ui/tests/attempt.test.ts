import { expect, test } from 'vitest';
import type { Failure } from '../src/lib/api/backend';
import { Attempt } from '../src/lib/attempt.svelte';

const FAILURE: Failure = { code: 'disk_full', message: 'the disk is full', hint: 'Free some space.' };
const fails = () => Promise.reject(FAILURE);

test('an act runs to its end, and says so meanwhile', async () => {
  const attempt = new Attempt();
  let end = () => {};
  const run = attempt.run(() => new Promise((done) => (end = done)));
  expect(attempt.busy).toBe(true);
  end();
  await run;
  expect(attempt).toMatchObject({ busy: false, failure: null });
});

test('another act is not begun meanwhile', async () => {
  const attempt = new Attempt();
  const begun: string[] = [];
  let end = () => {};
  const first = attempt.run(() => {
    begun.push('first');
    return new Promise((done) => (end = done));
  });
  await attempt.run(async () => void begun.push('second'));
  expect(attempt.busy).toBe(true);
  end();
  await first;
  await attempt.run(async () => void begun.push('third'));
  expect(begun).toEqual(['first', 'third']);
});

test('a failure stays until it is dismissed or the next act begins', async () => {
  const attempt = new Attempt();
  await attempt.run(fails);
  expect(attempt).toMatchObject({ busy: false, failure: FAILURE });
  attempt.dismiss();
  expect(attempt.failure).toBeNull();
  await attempt.run(fails);
  const next = attempt.run(async () => {});
  expect(attempt.failure).toBeNull();
  await next;
});
