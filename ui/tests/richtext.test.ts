import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { describe, expect, test, vi } from 'vitest';
import type { Block, Inline, ShownMedia } from '../src/lib/api/backend';
import { mockBackend } from '../src/lib/api/mock';
import { App } from '../src/lib/app.svelte';
import Provided from './Provided.svelte';
import { settle } from './open';

async function draw(blocks: Block[], media: ShownMedia[] = []) {
  const app = new App(mockBackend());
  await app.start();
  const { container } = render(Provided, { props: { app, blocks, media } });
  flushSync();
  return { app, root: container.querySelector('.drawn') as HTMLElement };
}
const paragraph = (...children: Inline[]): Block[] => [{ t: 'paragraph', children }];
const words = (text: string): Inline => ({ t: 'text', text });

describe('the tree that Rust sends', () => {
  test('draws each of its kinds', async () => {
    const { root } = await draw([
      { t: 'heading', level: 1, children: [words('Title')] },
      ...paragraph({ t: 'em', children: [words('em')] }, { t: 'strong', children: [words('strong')] }, { t: 'strike', children: [words('gone')] }, { t: 'code', text: 'x' }, { t: 'break' }),
      { t: 'list', start: null, items: [paragraph(words('bullet'))] },
      { t: 'list', start: 3, items: [paragraph(words('third'))] },
      { t: 'quote', children: paragraph(words('quoted')) },
      { t: 'code', text: 'let x' },
      { t: 'table', head: [[words('Head')]], rows: [[[words('Cell')]]] },
      { t: 'rule' },
    ]);
    const tags = new Set([...root.querySelectorAll('*')].map((one) => one.tagName.toLowerCase()));
    for (const tag of ['h3', 'p', 'em', 'strong', 's', 'code', 'br', 'ul', 'ol', 'li', 'blockquote', 'pre', 'table', 'th', 'td', 'hr']) expect(tags, tag).toContain(tag);
    expect(root.querySelector('ol')?.start).toBe(3);
  });

  test('text is text, whatever it looks like', async () => {
    const { root } = await draw(paragraph(words('<img src=x onerror=alert(1)><script>1</script>')));
    expect(root.querySelector('img, script')).toBeNull();
    expect(root.textContent).toContain('<img src=x');
  });

  test('a kind that is not on the list draws nothing', async () => {
    const strange = [{ t: 'iframe', src: 'https://example.org' }, { t: 'paragraph', children: [{ t: 'script', text: 'no' }, words('kept')] }] as unknown as Block[];
    const { root } = await draw(strange);
    expect(root.textContent?.trim()).toBe('kept');
    expect(root.querySelector('iframe, script')).toBeNull();
  });

  test.each(['javascript:alert(1)', 'http://example.org', 'data:text/html,x', 'file:///etc/passwd', '//example.org', 'https:', ''])('%j is no link', async (href) => {
    const { root } = await draw(paragraph({ t: 'link', href, children: [words('words')] }));
    expect(root.querySelector('a'), 'only https leaves the program').toBeNull();
    expect(root.textContent?.trim()).toBe('words');
  });

  test('an https link is opened by the program, never by the page', async () => {
    const { app, root } = await draw(paragraph({ t: 'link', href: 'https://example.org/a', children: [words('words')] }));
    const opened = vi.spyOn(app.api, 'openAddress').mockResolvedValue();
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    root.querySelector('a')?.dispatchEvent(click);
    await settle();
    expect(click.defaultPrevented).toBe(true);
    expect(opened).toHaveBeenCalledWith('https://example.org/a');
  });

  test('a blank is read as a blank, and its answer as an answer', async () => {
    const hidden = await draw(paragraph({ t: 'gap', shown: false, hint: 'a color', children: [] }));
    expect(hidden.root.querySelector('.hidden')?.textContent).toBe('(blank: a color)');
    const shown = await draw(paragraph({ t: 'gap', shown: true, hint: null, children: [words('green')] }));
    expect(shown.root.querySelector('mark')?.textContent).toBe('answer: green');
  });

  describe('pictures and sounds', () => {
    const name = 'one.bin';
    const with_ = (mime: string, alt = '') => draw(paragraph(words('Look: '), { t: 'media', name, alt }), [{ name, sha256: 'one', mime }]);

    test('a picture', async () => {
      const { root } = await with_('image/png', 'A cairn');
      const picture = root.querySelector('img') as HTMLImageElement;
      expect([picture.getAttribute('src'), picture.alt, picture.getAttribute('loading')]).toEqual(['one', 'A cairn', null]);
    });

    test.each([['audio/mpeg', 'AUDIO', 'Sound'], ['video/webm', 'VIDEO', 'Video']])('%s has the controls of the system, and a label', async (mime, tag, label) => {
      const player = (await with_(mime)).root.querySelector('audio, video') as HTMLMediaElement;
      expect([player.tagName, player.controls, player.autoplay, player.getAttribute('aria-label')]).toEqual([tag, true, false, label]);
      expect((await with_(mime, 'Her voice')).root.querySelector('audio, video')?.getAttribute('aria-label')).toBe('Her voice');
    });

    test.each(['text/html', 'application/pdf', 'application/x-shockwave-flash', ''])('%j is only named', async (mime) => {
      const { root } = await with_(mime);
      expect(root.querySelector('img, audio, video, object, embed, iframe')).toBeNull();
      expect(root.textContent?.trim()).toBe('Look: Picture missing: one.bin');
    });

    test.each([['map.png', '', 'Picture missing: map.png'], ['bell.MP3', '', 'Sound missing: bell.MP3'], ['map.png', 'The way up', 'The way up']])('%s that is not there is told in words', async (missing, alt, said) => {
      const { root } = await draw(paragraph({ t: 'media', name: missing, alt }));
      expect(root.textContent?.trim()).toBe(said);
    });
  });
});
