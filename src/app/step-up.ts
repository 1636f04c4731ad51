import { beginStepUp, type StepUpDemand } from '../store/step-up.js';
import { type House, notedIfLimited } from './house.js';

/** Somebody goes to prove himself anew: counted and in the log. What he must bring, or why he may not go now (control 18). */
export async function stepUpBegun(house: House, token: string): Promise<StepUpDemand | 'limited' | 'signed-out'> {
  try {
    return (await beginStepUp(house.web, token)) ?? 'signed-out';
  } catch (error) {
    return (await notedIfLimited(house, token, undefined, 'step-up', error)).kind === 'limited' ? 'limited' : 'signed-out';
  }
}
