import { describe, expect, it } from 'vitest';
import { isOutage } from './outage.js';

const coded = (code: string): Error => Object.assign(new Error('said by somebody'), { code });

describe('an outage', () => {
  it.each(['ECONNREFUSED', '57P01', '57P03', '57014', '53100', '53300', '55P03', '08006', '58030', '25006'])('is %s: the same may succeed later', (code) => {
    expect(isOutage(coded(code))).toBe(true);
  });

  it.each(['23505', '42501', '28000', 'UV429', '22P02', '40001', 'FST_ERR_VALIDATION', 'EACCES'])('is not %s', (code) => {
    expect(isOutage(coded(code))).toBe(false);
  });

  it('is what the driver says without a code, and no other error without one', () => {
    expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isOutage(new Error('timeout exceeded when trying to connect'))).toBe(true);
    expect(isOutage(new TypeError('x is not a function'))).toBe(false);
    expect(isOutage('57P01')).toBe(false);
  });
});
