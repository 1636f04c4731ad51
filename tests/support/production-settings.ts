import { randomBytes } from 'node:crypto';
import { type Purpose, readSettings } from '../../src/cli/settings.js';

/** Settings as the environment gives them. */
export type Env = Record<string, string>;

export const accepted = (env: Env, purpose?: Purpose) => {
  const read = readSettings(env, purpose);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read;
};
export const faults = (env: Env, purpose?: Purpose) => {
  const read = readSettings(env, purpose);
  return 'faults' in read ? read.faults : [];
};

export const server = 'postgres://someone:topsecret@db.example.dk:5432/udvej';
export const secretKey = randomBytes(32).toString('base64');
export const issuer = {
  issuer: 'https://login.example.dk',
  clientId: 'udvej',
  clientSecret: 'topsecret',
  authorities: ['police:*'],
  functions: ['police_exit'],
  label: 'Politiet',
};
export const production = {
  UDVEJ_MODE: 'production',
  DATABASE_URL: server,
  LOGIN_DATABASE_URL: server,
  KEYS_DATABASE_URL: server,
  UDVEJ_ORIGIN: 'https://udvej.example.dk',
  ISSUERS: JSON.stringify([issuer]),
  UDVEJ_SECRET_KEY: secretKey,
  UDVEJ_KMS_URL: 'https://keys.example.dk',
  UDVEJ_KMS_TOKEN: 'hvs.et-ord',
  UDVEJ_MATCH_PUBLIC_KEY: secretKey,
};
export const wrapped = `vault:v1:${'A'.repeat(80)}`;
/** Of the commands that are given by hand. */
export const operatorInProduction = {
  UDVEJ_MODE: 'production', OPERATOR_DATABASE_URL: server, KEYS_DATABASE_URL: server, UDVEJ_KMS_URL: 'https://keys.example.dk', UDVEJ_KMS_TOKEN: 'hvs.et-tredje',
};
export const workerInProduction = {
  UDVEJ_MODE: 'production', WORKER_DATABASE_URL: server, WORKER_KEYS_DATABASE_URL: server, SEALER_DATABASE_URL: server,
  UDVEJ_KMS_URL: 'https://keys.example.dk', UDVEJ_KMS_TOKEN: 'hvs.et-andet', UDVEJ_WITNESS: 'https://vidne.example.dk',
  UDVEJ_MATCH_PRIVATE_KEY: wrapped,
};
