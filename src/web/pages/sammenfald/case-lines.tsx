import { phaseLabel } from '../../../domain/exit-case/follows.js';
import { unitName } from '../../../domain/reference/authorities.js';
import type { Hit } from '../../../store/matching/hits.js';

/** 'UV-7K3M-9QX, Fyn, visitation': the two cases of a match, each on its line. */
export const CaseLines = ({ row: { numbers, units, phases } }: { readonly row: Hit }) => (
  <>
    {numbers.map((number, index) => <>{index > 0 && <br />}{`${number}, ${unitName(units[index] ?? '')}, ${phaseLabel(phases[index] ?? '').toLowerCase()}`}</>)}
  </>
);
