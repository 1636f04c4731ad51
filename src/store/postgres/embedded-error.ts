/**
 * Udvej cannot start, for a reason the person who runs it can mend. The message is plain Danish, says what to do, and
 * is shown alone: no stack, no words from the database.
 */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
