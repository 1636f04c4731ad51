import { municipalityName } from '../../domain/reference/denmark.js';
import { type DistrictTiles, districtTiles, type Tile } from '../../domain/reference/tile-map.js';

/** A number, or one that is too small to be shown. */
export type TileValue = number | 'hidden';

export interface TileMapProps {
  /** What the map shows, to who does not see it; that the numbers also stand in a table goes without saying here. */
  readonly label: string;
  /** By code of the municipality; one that is left out has none. */
  readonly values: ReadonlyMap<string, TileValue>;
  /** A value in words: '6 sager'. */
  readonly say: (value: TileValue) => string;
  /** Where a municipality that has some leads to. Without it the map is a picture. */
  readonly href?: (municipality: string) => string;
  /** The first number of each of the three shades. */
  readonly steps?: readonly [number, number, number];
}

const SIDE = 40;
/** Above and below the numbers' lines within a tile. */
const SHORT_LINE = 15;
const NUMBER_LINE = 32;
const LINE = 17;
/** How far within a tile its ring stands: no neighbour covers it. */
const RING = 3;
/** In the sea between the landsdele, where nothing else stands: the full name of the tile that is pointed at. */
const SAID = { x: 340, y: 120 };
const STEPS = [1, 3, 6] as const;

const shade = (value: TileValue, steps: readonly number[]): string => (value === 'hidden' ? 'qh' : `q${steps.filter((from) => value >= from).length}`);

/** The sides of a tile on which its district ends. */
const edges = ({ column, row }: Tile, taken: ReadonlySet<string>): string => {
  const [x, y] = [column * SIDE, row * SIDE];
  const free = (dx: number, dy: number): boolean => !taken.has(`${column + dx} ${row + dy}`);
  return [
    free(0, -1) ? `M${x} ${y}h${SIDE}` : '', free(0, 1) ? `M${x} ${y + SIDE}h${SIDE}` : '', free(-1, 0) ? `M${x} ${y}v${SIDE}` : '', free(1, 0) ? `M${x + SIDE} ${y}v${SIDE}` : '',
  ].join('');
};

const District = ({ district: { area, tiles, name }, values, say, href, steps = STEPS }: Omit<TileMapProps, 'label'> & { readonly district: DistrictTiles }) => {
  const taken = new Set(tiles.map((tile) => `${tile.column} ${tile.row}`));
  const told = tiles.flatMap(({ municipality }) => {
    const value = values.get(municipality) ?? 0;
    return value === 0 ? [] : [`${municipalityName(municipality)}: ${say(value)}`];
  });
  const rest = told.length === tiles.length ? '' : told.length === 0 ? 'Ingen.' : 'Ingen i de øvrige kommuner.';
  return (
    <g role={href === undefined ? 'img' : 'group'} aria-label={href === undefined ? [`${area}.`, ...told.map((one) => `${one}.`), rest].join(' ').trim() : area}>
      {tiles.map((tile) => <OneTile key={tile.municipality} tile={tile} value={values.get(tile.municipality) ?? 0} say={say} href={href} steps={steps} />)}
      <path class="edge" d={tiles.map((tile) => edges(tile, taken)).join('')} />
      {name?.lines.map((line, index) => <text key={line} class="name" x={name.x} y={name.y + index * LINE} text-anchor={name.anchor} aria-hidden="true">{line}</text>)}
    </g>
  );
};

const OneTile = ({ tile: { municipality, column, row, short }, value, say, href, steps }: {
  readonly tile: Tile;
  readonly value: TileValue;
  readonly steps: readonly number[];
} & Pick<TileMapProps, 'say' | 'href'>) => {
  const [x, y] = [column * SIDE, row * SIDE];
  const said = `${municipalityName(municipality)}: ${say(value)}`;
  const look = shade(value, steps);
  const on = look === 'q3' ? ' on-dark' : '';
  const drawn = (
    <>
      <title>{said}</title>
      <rect class={`tile ${look}`} x={x} y={y} width={SIDE} height={SIDE} />
      <text class={`abbr${on}`} x={x + SIDE / 2} y={y + SHORT_LINE}>{short}</text>
      <text class={`n${value === 0 ? ' zero' : on}`} x={x + SIDE / 2} y={y + NUMBER_LINE}>{value === 'hidden' ? '•' : value.toLocaleString('da-DK')}</text>
      <rect class={`ring${on}`} x={x + RING} y={y + RING} width={SIDE - 2 * RING} height={SIDE - 2 * RING} />
      <text class="said" x={SAID.x} y={SAID.y}>{said}</text>
    </>
  );
  return href === undefined || value === 0 ? <g class="at" aria-hidden={href === undefined ? undefined : 'true'}>{drawn}</g> : <a class="at" href={href(municipality)} aria-label={said}>{drawn}</a>;
};

const rangeWords = (from: number, next: number | undefined): string => (next === undefined ? `${from} eller flere` : next === from + 1 ? String(from) : `${from}–${next - 1}`);

/**
 * The 98 municipalities as tiles in their twelve police districts, with a number on each and a shade by its size. Each that has some is a link where `href` is given, reached by
 * the keyboard, its full name said and shown; those with none are no links. The numbers must stand in a table beside it, too: on a phone the map is left out.
 */
export const TileMap = (props: TileMapProps) => {
  const { steps = STEPS, values, label } = props;
  const swatches = [
    { look: 'q0', words: 'Ingen' }, ...steps.map((from, index) => ({ look: `q${index + 1}`, words: rangeWords(from, steps[index + 1]) })),
    ...([...values.values()].includes('hidden') ? [{ look: 'qh', words: '• for få til at vises' }] : []),
  ];
  return (
    <div class="wide-only">
      <ul class="key no-max-width" aria-label="Farver på kortet">
        {swatches.map(({ look, words }) => <li key={look}><svg viewBox="0 0 18 18" aria-hidden="true"><rect class={look} width="18" height="18" /></svg>{words}</li>)}
      </ul>
      <svg class="map" viewBox="-2 -4 816 490" role="group" aria-label={label}>
        {districtTiles.map((district) => <District key={district.district} {...props} district={district} />)}
      </svg>
    </div>
  );
};
