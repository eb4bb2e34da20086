import type { ErrorCode, Failure } from './backend';

const CODES: Record<ErrorCode, true> = {
  card_changed: true, nothing_to_undo: true, bad_value: true, not_found: true, busy: true, disk_full: true,
  not_writable: true, damaged: true, newer_version: true, older_version: true, not_a_collection: true, content: true, internal: true, importing: true, cancelled: true, unreadable: true, exists: true,
};

export function isFailure(thrown: unknown): thrown is Failure {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { code, message, hint } = thrown as Record<string, unknown>;
  return typeof code === 'string' && Object.hasOwn(CODES, code) && typeof message === 'string' && typeof hint === 'string';
}

/** An import holds the collection: the same will work in a moment. */
export function isImporting(failure: Failure): boolean {
  return failure.code === 'importing';
}

/** Whatever was thrown, as a `Failure`. What is not one already becomes `internal`. */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : '';
  return { code: 'internal', message, hint: '' };
}

/** What failed and what to do, as sentences. The field that a bad value names is where they are shown. */
export function told(failure: Failure): string {
  const message = failure.code === 'bad_value' ? failure.message.replace(/^[a-z_]+: /, '') : failure.message;
  return [message, failure.hint].filter(Boolean).map(sentence).join(' ');
}

/** The text with a capital at its start, unless a file's name stands there, and a mark at its end. */
export function sentence(text: string): string {
  const whole = /^\S+\.\w/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
  return text === '' || /[.!?…]$/.test(text) ? whole : `${whole}.`;
}
