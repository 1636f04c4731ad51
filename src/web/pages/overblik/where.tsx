import { formatInstant, type Instant } from '../../../domain/kernel/time.js';
import { municipalities, municipalityName } from '../../../domain/reference/denmark.js';
import { districtTiles } from '../../../domain/reference/tile-map.js';
import type { MunicipalityCount } from '../../../store/overview.js';
import { paths } from '../../paths.js';
import { Fold } from '../../ui/fold.js';
import { Section } from '../../ui/layout.js';
import { Table } from '../../ui/table.js';
import { TileMap } from '../../ui/tile-map.js';
import { filterQuery } from './filters.js';
import { casesWords } from './words.js';

interface Line {
  readonly name: string;
  readonly cases: number;
  /** The list of just these. */
  readonly href?: string;
}

const NOWHERE = 'Ingen kendt kommune';
const inMunicipality = (municipality: string): string => paths.overview(filterQuery({ municipality }));
const number = (cases: number): string => cases.toLocaleString('da-DK');
const sum = (counts: readonly MunicipalityCount[]): number => counts.reduce((all, one) => all + one.cases, 0);

/** Where in the country the cases are: a map, and tables of the same numbers. Counted over all cases, whatever the list is narrowed to (FM-NCP-1). */
export const Where = ({ places, now }: { readonly places: readonly MunicipalityCount[]; readonly now: Instant }) => {
  const known = new Map(places.flatMap((one) => (one.municipality === null ? [] : [[one.municipality, one.cases] as const])));
  const nowhere = sum(places.filter((one) => one.municipality === null));
  const of = (codes: readonly string[]): number => codes.reduce((all, code) => all + (known.get(code) ?? 0), 0);
  const districts = districtTiles
    .map(({ area, tiles }): Line => ({ name: area, cases: of(tiles.map((tile) => tile.municipality)) })).sort((a, b) => b.cases - a.cases);
  const all = [...districts, ...(nowhere === 0 ? [] : [{ name: NOWHERE, cases: nowhere }]), { name: 'Hele landet', cases: sum(places) }];
  const each = municipalities.flatMap(({ code }): readonly Line[] => (known.has(code) ? [{ name: municipalityName(code), cases: known.get(code) ?? 0, href: inMunicipality(code) }] : []));
  return (
    <Section id="kort" title="Hvor i landet">
      <div class="map-grid">
        <TileMap label="Danmark som fliser, én for hver af de 98 kommuner, samlet i 12 politikredse. Tallene står også i tabellerne." values={known} say={(value) => casesWords(Number(value))} href={inMunicipality} />
        <Table caption="Sager i hver politikreds" compact total phone="scroll" class="figures" rows={all} rowKey={(line) => line.name} columns={[
          { label: 'Politikreds', cell: (line) => line.name }, { label: 'Sager', align: 'right', cell: (line) => number(line.cases) },
        ]} />
      </div>
      <Fold summary="Vis kommunerne som tabel" unprinted>
        <Table caption="Sager i hver kommune, der har nogen" compact phone="scroll" class="figures" rows={each} rowKey={(line) => line.name} columns={[
          { label: 'Kommune', cell: (line) => <a href={line.href}>{line.name}</a> }, { label: 'Sager', align: 'right', cell: (line) => number(line.cases) },
        ]} />
      </Fold>
      <p class="source">{`Opgjort ${formatInstant(now)} over alle sager i visitation og forløb, også dem, filteret udelader. Hver sag tælles én gang, efter den kommune, personen bor i. Kun kontaktpunktet ser de fulde tal.`}</p>
    </Section>
  );
};
