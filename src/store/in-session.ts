import { type Pool, withTransaction } from './postgres/pools.js';

/** One transaction in which the database knows whose session it is, and obeys that alone. */
export const inSession = <T>(pool: Pool, token: string, work: Parameters<typeof withTransaction<T>>[1]): Promise<T> =>
  withTransaction(pool, async (client) => {
    await client.query({ name: 'session', text: `select set_config('app.session', $1, true)`, values: [token] });
    return work(client);
  });
