import { RuleBehind } from './can-do.js';
import { useFieldId } from './field-id.js';
import { Icon } from './icon.js';
import { numberWord } from './number-words.js';

export interface FormError {
  /** The field it belongs to; absent when it concerns the whole. */
  readonly name?: string;
  readonly message: string;
  /** The rule behind it, small: 'FM-CON-1'. */
  readonly rule?: string;
}

const heading = (count: number): string => `Der er ${numberWord(count)} ting at rette`;

/** What is to be mended before the form can be sent, each a link to its field. Stands first in the form and takes the focus. */
export const ErrorSummary = ({ errors, title }: { readonly errors: readonly FormError[]; readonly title?: string }) => {
  const id = useFieldId('fejl-i-alt');
  if (errors.length === 0) return null;
  return (
    <div class="alert alert-error" role="alert" aria-labelledby={id} tabIndex={-1} autofocus>
      <Icon name="error" class="alert-icon" />
      <div class="alert-body">
        <h2 class="alert-heading" id={id}>
          {title ?? heading(errors.length)}
        </h2>
        <ul class="nobullet-list mb-0">
          {errors.map((error) => (
            <ErrorLine key={`${error.name ?? ''} ${error.message}`} {...error} />
          ))}
        </ul>
      </div>
    </div>
  );
};

const ErrorLine = ({ name, message, rule }: FormError) => {
  const target = useFieldId(name ?? '');
  return (
    <li>
      {name === undefined ? (
        message
      ) : (
        <a class="function-link" href={`#${target}`}>
          {message}
        </a>
      )}
      {rule !== undefined && <RuleBehind rules={[rule]} />}
    </li>
  );
};
