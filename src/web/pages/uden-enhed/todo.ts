import type { PlainDate } from '../../../domain/kernel/time.js';
import { UNNAMED_UNIT } from '../../../domain/reference/authorities.js';
import type { UnitNamingRow } from '../../../store/unit-naming.js';
import { paths } from '../../paths.js';
import type { Todo } from '../../ui/todo-list.js';
import { channelWords } from './words.js';

/** An inquiry without a unit, among the contact point's work; nothing of one whose unit is named (FM-INT-7). Where there is danger it is of today. */
export const unitNamingTodo = (today: PlainDate) => (row: UnitNamingRow): readonly Todo[] =>
  row.unit !== UNNAMED_UNIT ? [] : [{
    key: `unit ${row.case_id}`, title: row.emergency ? 'Udpeg en enhed nu: sikkerhedskortet er åbnet ved fare for liv' : row.urgent ? 'Udpeg en enhed: det haster' : 'Udpeg en enhed', due: row.emergency && row.due > today ? today : row.due, href: paths.nameUnit(row.case_id), action: 'Læs og udpeg', place: row.number, placeHref: paths.nameUnit(row.case_id), who: channelWords(row),
  }];
