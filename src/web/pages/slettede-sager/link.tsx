import { answersForDeletions } from '../../../store/deletions.js';
import { paths } from '../../paths.js';
import type { SignedInCall } from '../../route.js';

const WORKS_WITH_EXIT = ['contact_point', 'police_exit', 'municipal_exit', 'probation_exit', 'custody_exit'];

/** Whether the page of deleted cases is there for the reader; of everybody else the database need not be asked. */
export const leadsToDeletions = async ({ house, visitor }: SignedInCall): Promise<boolean> =>
  visitor.functions.some((one) => WORKS_WITH_EXIT.includes(one)) && (await answersForDeletions(house.web, visitor.token));

export const DeletionsLink = ({ shown }: { readonly shown: boolean }) => (shown ? <p class="no-print"><a href={paths.deleted()}>Se slettede sager og kvitteringer for dem</a></p> : null);
