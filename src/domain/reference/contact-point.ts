/** How anybody reaches the contact point (S1, the last page): what may stand in any text, for it tells of nobody. */
export const CONTACT_POINT = { phone: '4515 3630', mail: 'KP-Exit@politi.dk' } as const;

const PHONE = CONTACT_POINT.phone.replaceAll(/\D/g, '').split('').join(String.raw`[\s.-]?`);
const OURS = new RegExp(
  String.raw`(?<!\d[\s./()-]{0,3}|\+)(?:(?:\+|00)45[\s.-]?)?${PHONE}(?![\s./()-]{0,3}\d)|(?<![\p{L}\d._%+-])${CONTACT_POINT.mail.replaceAll('.', String.raw`\.`)}(?![\p{L}\d-]|\.[\p{L}\d])`, 'giu',
);

/** The text without the contact point's own number and address, however they are set out. */
export const withoutContactPoint = (text: string): string => text.replaceAll(OURS, ' x ');
