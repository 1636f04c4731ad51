import type { ComponentChildren } from 'preact';
import { TextField } from './fields.js';
import type { TextFieldProps } from './fields.js';
import { useFieldId } from './field-id.js';
import { Icon } from './icon.js';

export interface SearchFieldProps extends Omit<TextFieldProps, 'after' | 'searchInto'> {
  /** Takes the whole form by POST and answers with the same page, its results filled in. */
  readonly action: string;
  /** What the button says: 'Søg i mine sager'. */
  readonly button: string;
  /** What was found; nothing before the first search. */
  readonly found?: ComponentChildren;
}

const resultsId = (id: string): string => `${id}-fundet`;

/** A further field whose text is compared: what it finds is shown under the search field named in `with`. */
export const AlsoSearched = ({ with: first, ...field }: Omit<TextFieldProps, 'after' | 'searchInto'> & { readonly with: string }) => (
  <TextField {...field} searchInto={resultsId(useFieldId(first))} />
);

/** A field that is compared with one's own cases: by the button, and where scripts run 400 ms after the last letter. */
export const SearchField = ({ action, button, found, ...field }: SearchFieldProps) => {
  const results = resultsId(useFieldId(field.name));
  return (
    <TextField
      {...field}
      searchInto={results}
      after={
        <>
          <p class="search-button">
            <button type="submit" class="button button-secondary" formAction={action} data-search-button>
              {button}
            </button>
          </p>
          <div id={results} aria-live="polite">
            {found !== undefined && found !== '' && <Found>{found}</Found>}
          </div>
        </>
      }
    />
  );
};

/** What a search in one's own cases found, said under the field. */
export const Found = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="answer small">
    <Icon name="search" />
    <div>{children}</div>
  </div>
);
