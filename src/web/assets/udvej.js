/**
 * Comforts on top of pages that work without them. Each concern has its own file; one that fails does not take the others with it.
 * Nothing of a case is ever kept in the browser.
 */

import { sayWhatFollows } from './choice-note.js';
import { guardForms } from './form-guard.js';
import { watchIdleness } from './idle-warning.js';
import { offerPrivacyScreen } from './privacy-screen.js';
import { searchAfterPause } from './search-pause.js';
import { offerShortcuts } from './shortcuts.js';

for (const begin of [offerPrivacyScreen, guardForms, watchIdleness, offerShortcuts, searchAfterPause, sayWhatFollows]) {
  try {
    begin();
  } catch (error) {
    console.error(begin.name, error instanceof Error ? error.name : '');
  }
}
