/** The delimiters that have a name; any other is given as the one character it is. */
export type Delimiter = 'comma' | 'semicolon' | 'tab' | 'pipe' | 'colon' | 'dash' | 'none';
