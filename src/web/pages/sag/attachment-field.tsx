import { FileField } from '../../ui/form.js';
import type { CaseCall } from './case-page.js';

/** The command whose form takes a file. */
export const ATTACH = 'attachment.add';

const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.txt,.docx,.xlsx,.odt';
const WHAT = 'PDF, billede (PNG eller JPEG), ren tekst, Word (docx), Excel (xlsx) eller OpenDocument (odt), højst 50 MB. Sted og tid fjernes fra billeder. ';

interface AttachmentFieldProps {
  readonly on: CaseCall;
  /** The form came back: the file is to be chosen once more, also where something else was wrong. */
  readonly failed: boolean;
  readonly error: string | undefined;
}

/** Where the file is chosen: what it may be, and whether anybody looks through it. */
export const AttachmentField = ({ on: { call }, failed, error }: AttachmentFieldProps) => {
  const again = failed ? 'Vælg filen igen. Det, du skrev, står her endnu, men filen blev ikke gemt.' : undefined;
  return (
    <FileField
      name="file" label="Fil" required accept={ACCEPTED} hint={`${WHAT}${call.house.scan ? 'Filen undersøges for skadelige programmer.' : 'Filen undersøges ikke for skadelige programmer.'}`}
      {...(error === undefined ? (again === undefined ? {} : { error: again }) : { error: `${error}${failed && !/\bvælg\b/i.test(error) ? ' Vælg en fil igen.' : ''}` })}
    />
  );
};
