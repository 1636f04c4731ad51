import { CHANNELS } from '../../../domain/exit-case/inquiry.js';
import { municipalityName } from '../../../domain/reference/denmark.js';
import type { UnitNamingRow } from '../../../store/unit-naming.js';

export const channelWords = ({ channel }: Pick<UnitNamingRow, 'channel'>): string => CHANNELS.find((one) => one.value === channel)?.label ?? '';

/** What is known of the place without a look at the text. */
export const municipalityWords = ({ municipality }: Pick<UnitNamingRow, 'municipality'>): string => (municipality === null ? 'Ikke kendt' : `${municipalityName(municipality)}, omstridt`);

/** While it has no unit no police are told of it: it is the contact point that acts (FM-CNF-10). */
export const EMERGENCY = 'Nødadgang er brugt';
