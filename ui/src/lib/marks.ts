/** Marks for the bench in the real window: performance.getEntriesByName('cairn:key') and so on. */

export type Mark = 'cairn:today-painted' | 'cairn:key' | 'cairn:reply' | 'cairn:painted';

const KEEP = 1000;

/** Sets a mark now, or at a moment kept from before. */
export function mark(name: Mark, startTime: number = performance.now()): void {
  performance.mark(name, { startTime });
  const all = performance.getEntriesByName(name, 'mark');
  if (all.length < KEEP * 1.1) return;
  performance.clearMarks(name);
  for (const { startTime } of all.slice(-KEEP)) performance.mark(name, { startTime });
}

/** Calls back once the frame that holds the present state of the page has been painted. */
export function afterPaint(then: () => void): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      then();
    };
    channel.port2.postMessage(null);
  });
}

export function markPainted(): void {
  afterPaint(() => mark('cairn:painted'));
}
