import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Two forms on one page may hold fields of the same name; the form's `idPrefix` keeps their ids apart. */
export const FormScope = createContext('');

/** The id of a field's input (of its first choice, for radios and checkboxes): where its label and the error summary point. */
export const fieldId = (name: string, prefix = ''): string =>
  `${prefix === '' ? 'felt' : prefix}-${name.replaceAll(/[^A-Za-z0-9]+/gu, '-')}`;

/** {@link fieldId} within the form around. */
export const useFieldId = (name: string): string => fieldId(name, useContext(FormScope));
