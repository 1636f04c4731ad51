import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { accepted, type Env, faults, issuer, operatorInProduction as operator, production, secretKey, server, workerInProduction as worker, wrapped } from '../../tests/support/production-settings.js';

describe('settings that are left out', () => {
  it('are those of a demonstration on the machine itself, with the embedded database', () => {
    const { settings, warnings } = accepted({});
    expect(settings).toEqual({
      mode: 'demonstration',
      host: '127.0.0.1',
      port: 3000,
      origin: 'http://127.0.0.1:3000',
      dataDir: path.resolve('data'),
      urls: {
        migrate: undefined,
        web: undefined,
        login: undefined,
        worker: undefined,
        sealer: undefined,
        keys: undefined,
        migrateKeys: undefined,
        workerKeys: undefined,
      },
      demoNow: undefined,
      issuers: [],
      secretKey: undefined,
      kms: undefined,
      witness: undefined,
      matchPublicKey: undefined,
      matchPrivateKey: undefined,
      witnessToken: undefined,
      limitsFactor: 1,
    });
    expect(warnings).toEqual([]);
  });

  it('are left out when they are empty, as a file of settings writes them', () => {
    expect(accepted({ PORT: '', DATABASE_URL: ' ', UDVEJ_MODE: '' }).settings).toEqual(accepted({}).settings);
  });
});

describe('settings that are given', () => {
  it('are read', () => {
    const { settings } = accepted({
      PORT: '8080',
      HOST: '::1',
      UDVEJ_DATA_DIR: 'her/data',
      UDVEJ_MODE: 'demonstration',
      UDVEJ_DEMO_NOW: '2019-01-14T10:00:00+01:00',
      UDVEJ_SECRET_KEY: secretKey,
      UDVEJ_LIMITS_FACTOR: '500',
      UDVEJ_WITNESS: 'https://vidne.example.dk/udvej',
      UDVEJ_WITNESS_TOKEN: 'x'.repeat(32),
      ISSUERS: JSON.stringify([issuer]),
    });
    expect(settings).toMatchObject({
      port: 8080,
      host: '::1',
      origin: 'http://[::1]:8080',
      dataDir: path.resolve('her/data'),
      demoNow: Date.UTC(2019, 0, 14, 9),
      limitsFactor: 500,
      witness: { url: 'https://vidne.example.dk/udvej' },
      witnessToken: 'x'.repeat(32),
      issuers: [issuer],
    });
    expect(settings.secretKey).toEqual(Buffer.from(secretKey, 'base64'));
  });

  it('a key service is not asked in the open, but on the machine itself', () => {
    const asked = (url: string) => ({ UDVEJ_KMS_URL: url, UDVEJ_KMS_TOKEN: 'hvs.et-ord', UDVEJ_KMS_MOUNT: 'drift/transit' });
    expect(faults(asked('http://keys.example.dk'))).toEqual([expect.stringContaining('UDVEJ_KMS_URL er "http://keys.example.dk", men skal være en adresse med https://')]);
    expect(accepted(asked('http://127.0.0.1:8200')).settings.kms).toEqual({ url: 'http://127.0.0.1:8200', token: 'hvs.et-ord', mount: 'drift/transit' });
  });

  it('the witness of the log is a file or an address', () => {
    expect(accepted({ UDVEJ_WITNESS: 'file:/var/lib/vidne/heads.jsonl' }).settings.witness).toEqual({ file: '/var/lib/vidne/heads.jsonl' });
    expect(accepted({ UDVEJ_WITNESS: 'file:///var/lib/vidne/heads.jsonl' }).settings.witness).toEqual({ file: '/var/lib/vidne/heads.jsonl' });
  });

  it('an origin is kept without its last slash', () => {
    expect(accepted({ UDVEJ_ORIGIN: 'http://localhost:4000/' }).settings.origin).toBe('http://localhost:4000');
  });

  it('a name of ours that is no setting is told, and starts nothing less', () => {
    expect(accepted({ UDVEJ_DATADIR: '/data', UDVEJ_PORT: '1', OTHER: 'x' }).warnings).toEqual([
      expect.stringContaining('UDVEJ_DATADIR er ingen indstilling'),
      expect.stringContaining('UDVEJ_PORT er ingen indstilling'),
    ]);
  });
});

describe('a setting that cannot be read is refused with its name and what would be right', () => {
  it.each([
    ['PORT', '0', 'et helt tal fra 1 til 65535'],
    ['PORT', '70000', 'et helt tal fra 1 til 65535'],
    ['PORT', '80 80', 'et helt tal fra 1 til 65535'],
    ['HOST', 'http://127.0.0.1', 'en IP-adresse eller et maskinnavn'],
    ['UDVEJ_MODE', 'prod', 'demonstration eller production'],
    ['UDVEJ_ORIGIN', 'udvej.example.dk', 'adressen uden sti'],
    ['UDVEJ_ORIGIN', 'http://127.0.0.1:3000/udvej', 'adressen uden sti'],
    ['UDVEJ_ORIGIN', 'ftp://127.0.0.1', 'adressen uden sti'],
    ['UDVEJ_DEMO_NOW', 'i går', 'et tidspunkt mellem 2011 og 2099 med tidszone'],
    ['UDVEJ_DEMO_NOW', '2026-11-21T09:00:00', 'et tidspunkt mellem 2011 og 2099 med tidszone'],
    ['UDVEJ_DEMO_NOW', '1850-01-01T00:00:00Z', 'et tidspunkt mellem 2011 og 2099 med tidszone'],
    ['UDVEJ_KMS_MOUNT', '/transit/', 'et navn som transit eller drift/transit'],
    ['UDVEJ_WITNESS', '/var/lib/vidne', 'en fil (file:/…) eller en adresse (https://…)'],
    ['UDVEJ_LIMITS_FACTOR', '0', 'et helt tal fra 1 til 1000000'],
    ['UDVEJ_LIMITS_FACTOR', '1.5', 'et helt tal fra 1 til 1000000'],
    ['UDVEJ_CLAMD', 'tcp://clamd.example.dk:3310', 'en socket (unix:/run/clamav/clamd.ctl) eller en port på maskinen selv'],
    ['UDVEJ_CLAMD', '/run/clamav/clamd.ctl', 'en socket (unix:/run/clamav/clamd.ctl) eller en port på maskinen selv'],
  ])('%s=%s', (name, value, right) => {
    const [only, ...more] = faults({ [name]: value });
    expect(only).toContain(`${name} er "${value}", men skal være ${right}`);
    expect(more).toEqual([]);
  });

  it.each([
    ['UDVEJ_WITNESS_TOKEN', 'topsecret', 'mindst 32 tegn'],
    ['UDVEJ_MATCH_PUBLIC_KEY', 'topsecret', '32 tilfældige bytes i base64'],
    ['UDVEJ_MATCH_PRIVATE_KEY', 'topsecret', 'pakket af nøgletjenesten'],
    ['UDVEJ_SECRET_KEY', 'topsecret', '32 tilfældige bytes i base64'],
    ['UDVEJ_SECRET_KEY', randomBytes(31).toString('base64'), '32 tilfældige bytes i base64'],
    ['MIGRATE_DATABASE_URL', 'mysql://someone:topsecret@db/udvej', 'postgres://bruger:adgangskode@server:port/database'],
    ['LOGIN_DATABASE_URL', 'topsecret', 'postgres://bruger:adgangskode@server:port/database'],
  ])('%s, whose text is not repeated', (name, value, right) => {
    const said = faults({ UDVEJ_MODE: 'demonstration', MIGRATE_DATABASE_URL: server, [name]: value }).join('\n');
    expect(said).toContain(`${name} er forkert, men skal være`);
    expect(said).toContain(right);
    expect(said).not.toContain(value);
  });

  it('all faults are told at once', () => {
    expect(
      faults({ PORT: 'x', HOST: '!', UDVEJ_LIMITS_FACTOR: 'x', UDVEJ_DEMO_NOW: 'x' }).map((fault) => fault.split(' ')[0]),
    ).toEqual(['HOST', 'PORT', 'UDVEJ_DEMO_NOW', 'UDVEJ_LIMITS_FACTOR']);
  });
});

describe('ISSUERS', () => {
  it.each([
    ['no JSON', '{', 'ISSUERS er ikke gyldig JSON.'],
    ['no list', '{}', 'ISSUERS er forkert i listen.'],
    ['an empty list', '[]', 'ISSUERS er forkert i listen.'],
    [
      'an authority there is not',
      JSON.stringify([issuer, { ...issuer, issuer: 'https://b.dk', authorities: ['police:ingensteder'] }]),
      'ISSUERS er forkert i nr. 2 (authorities).',
    ],
    ['an unknown function', JSON.stringify([{ ...issuer, functions: ['king'] }]), 'ISSUERS er forkert i nr. 1 (functions).'],
    ['one issuer twice', JSON.stringify([issuer, issuer]), 'ISSUERS er forkert i listen.'],
  ])('refuses %s and says where, without repeating what stands there', (_, value, said) => {
    const [only] = faults({ ISSUERS: value });
    expect(only).toContain(said);
    expect(only).toContain('Det skal være en liste af loginudbydere');
    expect(only).not.toContain('topsecret');
  });
});

describe('a demonstration', () => {
  it.each(['0.0.0.0', '::', '192.168.1.10', 'udvej.example.dk'])('is refused on %s', (host) => {
    expect(faults({ HOST: host })).toEqual([
      expect.stringContaining(`HOST er "${host}". En demonstration lukker alle ind uden adgangskode`),
    ]);
  });
  it.each(['127.0.0.1', '::1', 'localhost'])('is let in on %s', (host) => {
    expect(accepted({ HOST: host }).settings.host).toBe(host);
  });
  it('is refused under an address that others can reach', () => {
    expect(faults({ UDVEJ_ORIGIN: 'https://udvej.example.dk' })).toEqual([
      expect.stringContaining('UDVEJ_ORIGIN er "https://udvej.example.dk". En demonstration'),
    ]);
  });
  it('needs the one who may build the database, and nothing more', () => {
    expect(accepted({ UDVEJ_MODE: 'demonstration', MIGRATE_DATABASE_URL: server }).settings.urls.migrate).toBe(server);
    expect(
      faults({ UDVEJ_MODE: 'demonstration', DATABASE_URL: server, LOGIN_DATABASE_URL: server, KEYS_DATABASE_URL: server, MIGRATE_KEYS_DATABASE_URL: server }),
    ).toEqual([expect.stringContaining('MIGRATE_DATABASE_URL mangler. En demonstration bygger selv databasen')]);
  });
  it('with one way into the database given needs those that belong to it', () => {
    expect(
      faults({ UDVEJ_MODE: 'demonstration', MIGRATE_DATABASE_URL: server, DATABASE_URL: server }).map(
        (fault) => fault.split(' ')[0],
      ),
    ).toEqual(['LOGIN_DATABASE_URL', 'KEYS_DATABASE_URL', 'MIGRATE_KEYS_DATABASE_URL']);
    expect(
      faults({
        UDVEJ_MODE: 'demonstration',
        MIGRATE_DATABASE_URL: server,
        DATABASE_URL: server,
        LOGIN_DATABASE_URL: server,
        KEYS_DATABASE_URL: server,
        MIGRATE_KEYS_DATABASE_URL: server,
      }),
    ).toEqual([]);
  });
});

describe('a configured database', () => {
  it.each(['DATABASE_URL', 'MIGRATE_DATABASE_URL', 'KEYS_DATABASE_URL'])('demands that the mode is stated (%s)', (name) => {
    expect(faults({ [name]: server })).toEqual([
      expect.stringContaining('UDVEJ_MODE mangler. Når databasen er sat i indstillingerne'),
    ]);
  });
  it('demands it also when its address cannot be read: the embedded one must not step in', () => {
    expect(faults({ DATABASE_URL: 'x' }).map((fault) => fault.split(' ')[0])).toEqual(['DATABASE_URL', 'UDVEJ_MODE']);
  });
});

describe('production', () => {
  it('starts with everything named, and keys in a key service', () => {
    expect(accepted(production).settings).toMatchObject({ mode: 'production', kms: { url: 'https://keys.example.dk', token: 'hvs.et-ord' } });
  });
  it.each(['WORKER_DATABASE_URL', 'WORKER_KEYS_DATABASE_URL', 'SEALER_DATABASE_URL'])('of the program that answers people is refused with the worker’s %s (control 16)', (name) => {
    expect(faults({ ...production, [name]: server })).toEqual([expect.stringContaining(`${name} hører til arbejdsprocessen.`)]);
  });
  it('of the program that answers people is refused with what opens CPR numbers (control 16)', () => {
    expect(faults({ ...production, UDVEJ_MATCH_PRIVATE_KEY: wrapped })).toEqual([expect.stringContaining('UDVEJ_MATCH_PRIVATE_KEY hører til arbejdsprocessen.')]);
  });
  it.each([['that answers people', production, 'serve'], ['that stands beside it', worker, 'worker']] as const)('of the program %s is refused with the way to rebuild and to shut out (control 43)', (_, env, purpose) => {
    expect(faults({ ...env, OPERATOR_DATABASE_URL: server }, purpose)).toEqual([expect.stringContaining('OPERATOR_DATABASE_URL hører til de kommandoer, der gives i hånden')]);
  });
  it.each(['rebuild', 'leaver'] as const)('its command %s needs the operator’s way, and that alone into the cases', (purpose) => {
    expect(accepted(operator, purpose).settings.mode).toBe('production');
    expect(faults({ ...operator, OPERATOR_DATABASE_URL: '' }, purpose)).toEqual([expect.stringContaining('OPERATOR_DATABASE_URL mangler.')]);
  });
  describe('of the worker', () => {
    it('needs its own ways, its own word to the key service, and a witness', () => {
      expect(accepted(worker, 'worker').settings.mode).toBe('production');
    });
    it('takes no witness who is spoken to in the open', () => {
      expect(faults({ ...worker, UDVEJ_WITNESS: 'http://vidne.example.dk' }, 'worker')).toEqual([expect.stringContaining('UDVEJ_WITNESS skal begynde med https:// eller file:')]);
    });
    it.each([['audit', 'SEALER_DATABASE_URL'], ['rewrap', 'WORKER_KEYS_DATABASE_URL'], ['retention', 'WORKER_DATABASE_URL'], ['restored', 'WORKER_KEYS_DATABASE_URL']] as const)('its command %s needs %s', (purpose, name) => {
      expect(accepted(worker, purpose).settings.mode).toBe('production');
      expect(faults({ ...worker, [name]: '' }, purpose)).toEqual([expect.stringContaining(`${name} mangler.`)]);
    });
  });

  it('is refused on the embedded database', () => {
    expect(faults({ UDVEJ_MODE: 'production' })).toEqual(
      expect.arrayContaining([expect.stringContaining('DATABASE_URL mangler. I drift bruger Udvej en database, der passes')]),
    );
  });
  it.each([
    [{ UDVEJ_ORIGIN: 'http://udvej.example.dk' }, 'UDVEJ_ORIGIN er "http://udvej.example.dk", men skal begynde med https://'],
    [
      { ISSUERS: JSON.stringify([{ ...issuer, issuer: 'http://login.example.dk' }]) },
      'ISSUERS: adressen på "Politiet" skal begynde med https://',
    ],
    [{ UDVEJ_DEMO_NOW: '2026-11-21T09:00:00Z' }, 'UDVEJ_DEMO_NOW hører kun til i en demonstration.'],
    [{ UDVEJ_LIMITS_FACTOR: '2' }, 'UDVEJ_LIMITS_FACTOR hører kun til i en demonstration.'],
  ])('is refused with %j', (more: Env, said) => {
    expect(faults({ ...production, ...more })).toEqual(expect.arrayContaining([expect.stringContaining(said)]));
  });
});

describe('building the database', () => {
  it('needs no logins, no address and no key service', () => {
    expect(
      accepted(
        {
          UDVEJ_MODE: 'production',
          DATABASE_URL: server,
          LOGIN_DATABASE_URL: server,
          KEYS_DATABASE_URL: server,
          MIGRATE_DATABASE_URL: server,
          MIGRATE_KEYS_DATABASE_URL: server,
        },
        'migrate',
      ).settings.mode,
    ).toBe('production');
  });
  it('needs the one who may', () => {
    expect(faults({ ...production, UDVEJ_ORIGIN: '' }, 'migrate')).toEqual([
      expect.stringContaining('MIGRATE_DATABASE_URL mangler. Sæt den til en bruger, der må bygge databasen.'),
    ]);
  });
});

describe('asking for a token', () => {
  it('needs no more than the start had, and less', () => {
    expect(
      accepted({ UDVEJ_MODE: 'demonstration', LOGIN_DATABASE_URL: server, HOST: '0.0.0.0' }, 'token').settings.urls.login,
    ).toBe(server);
  });
});
