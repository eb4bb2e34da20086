import type { Block, Inline } from '../backend';

/** A toy of what Rust does with Markdown: **bold**, *slanted*, [link](address), blanks, paragraphs, "- " lists. */
export function blocks(markdown: string, gapsShown = true): Block[] {
  return markdown.split(/\n{2,}/).filter(Boolean).map((part): Block => {
    const lines = part.split('\n');
    if (lines.every((line) => line.startsWith('- '))) {
      return { t: 'list', start: null, items: lines.map((line) => [{ t: 'paragraph', children: inlines(line.slice(2), gapsShown) }]) };
    }
    return { t: 'paragraph', children: inlines(part, gapsShown) };
  });
}

const PIECES = /\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\((.+?)\)|\{\{c1::(.+?)(?:::(.+?))?\}\}/g;

export function inlines(text: string, gapsShown = true): Inline[] {
  const out: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(PIECES)) {
    if (found.index > from) out.push({ t: 'text', text: text.slice(from, found.index) });
    const [whole, strong, em, label, href, gap, hint] = found;
    if (strong !== undefined) out.push({ t: 'strong', children: inlines(strong) });
    else if (em !== undefined) out.push({ t: 'em', children: inlines(em) });
    else if (label !== undefined) out.push({ t: 'link', href: href ?? '', children: inlines(label) });
    else out.push({ t: 'gap', shown: gapsShown, hint: hint ?? null, children: gapsShown ? inlines(gap ?? '') : [] });
    from = found.index + whole.length;
  }
  if (from < text.length) out.push({ t: 'text', text: text.slice(from) });
  return out;
}
