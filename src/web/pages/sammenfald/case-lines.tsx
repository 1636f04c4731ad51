import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { Hit } from '../../../store/matching/hits.js';
import { Badge } from '../../ui/badge.js';

/** 'UV-7K3M-9QX, Fyn, visitation': the two cases of a match, each on its line, and which of them hastes and nobody has taken. */
export const CaseLines = ({ row: { numbers, units, phases, urgent } }: { readonly row: Hit }) => (
  <>
    {numbers.map((number, index) => <>{index > 0 && <br />}{`${number}, ${unitName(units[index] ?? '')}, ${phaseLabel(phases[index] ?? '').toLowerCase()}`}{urgent[index] === true && <> <Badge kind="late">Haster</Badge></>}</>)}
  </>
);
