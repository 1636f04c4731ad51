import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { AgeBar } from './age-bar.js';
import { TileMap, type TileValue } from './tile-map.js';

const values = new Map<string, TileValue>([['0183', 3], ['0101', 14], ['0461', 1], ['0580', 'hidden']]);
const say = (value: TileValue): string => (value === 'hidden' ? 'for få til at vises' : `${value} sager`);
const count = (html: string, part: string | RegExp): number => html.split(part).length - 1;

describe('the map of tiles (FM-NCP-1)', () => {
  const linked = renderToString(<TileMap label="Danmark" values={values} say={say} href={(code) => `/overblik?kommune=${code}`} />);
  const picture = renderToString(<TileMap label="Danmark" values={values} say={say} />);

  it('has a tile for each municipality, and a link on each that has some', () => {
    expect(count(linked, '<rect class="tile ')).toBe(98);
    expect(count(linked, '<a ')).toBe(4);
    expect(linked).toContain('href="/overblik?kommune=0183" aria-label="Ishøj: 3 sager"');
    expect(linked).not.toContain('kommune=0165');
  });

  it('says the full name of the tile that is pointed at', () => {
    expect(linked).toContain('<title>København: 14 sager</title>');
    expect(linked).toMatch(/<text class="said"[^>]*>København: 14 sager<\/text>/);
  });

  it('tells by shade how many there are, and says what the shades mean', () => {
    expect([count(linked, '"tile q0"'), count(linked, '"tile q1"'), count(linked, '"tile q2"'), count(linked, '"tile q3"')]).toEqual([94, 1, 1, 1]);
    for (const words of ['Ingen', '1–2', '3–5', '6 eller flere']) expect(linked).toContain(`</svg>${words}</li>`);
    const steps = renderToString(<TileMap label="x" values={values} say={say} steps={[1, 2, 10]} />);
    for (const words of ['1', '2–9', '10 eller flere']) expect(steps).toContain(`</svg>${words}</li>`);
  });

  it('shows no number where it is hidden, and says that it is', () => {
    expect(linked).toContain('aria-label="Aabenraa: for få til at vises"');
    expect(linked).toContain('</svg>• for få til at vises</li>');
    expect(renderToString(<TileMap label="x" values={new Map()} say={say} />)).not.toContain('• for få');
  });

  it('is, without links, one picture a district with its numbers in words', () => {
    expect(count(picture, '<a ')).toBe(0);
    expect(count(picture, 'role="img"')).toBe(12);
    expect(picture).toContain('aria-label="Fyn. Odense: 1 sager. Ingen i de øvrige kommuner."');
    expect(picture).toContain('aria-label="Bornholm. Ingen."');
  });

  it('draws the edge of a district and none within it', () => {
    // Bornholm is one tile: four sides.
    expect(linked).toContain('d="M760 440h40M760 480h40M760 440v40M800 440v40"');
  });
});

describe('an age bar', () => {
  it('is full at two years, half at one, and darker past it', () => {
    expect(renderToString(<AgeBar days={365} />)).toContain('class="fill" width="60"');
    expect(renderToString(<AgeBar days={366} />)).toContain('class="fill old"');
    expect(renderToString(<AgeBar days={5000} />)).toContain('class="fill old" width="120"');
    expect(renderToString(<AgeBar days={0} />)).toContain('class="fill" width="0"');
  });

  it('is nothing to listen to: the number stands beside it', () => {
    expect(renderToString(<AgeBar days={10} />)).toContain('aria-hidden="true"');
  });
});
