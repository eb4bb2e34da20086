/** The shell's commands, one for each method of `Backend`. A Rust test holds the shell to this list. */
export const COMMANDS = [
  'start',
  'today',
  'begin',
  'step',
  'answer',
  'undo',
  'suspend',
  'bury',
  'flag',
  'note_text',
  'edit',
  'save_settings',
  'catch_up',
  'mend_clock',
  'key_changes_read',
  'restore',
  'open_address',
] as const;

export type Command = (typeof COMMANDS)[number];
