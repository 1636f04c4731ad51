import { type Pool, type PoolClient, withTransaction } from './postgres/pools.js';

/** One transaction in which the database knows whose session it is, and obeys that alone. */
export const inSession = <T>(pool: Pool, token: string, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  withTransaction(pool, (client, transaction) => {
    transaction.sends({ name: 'session', text: `select set_config('app.session', $1, true)`, values: [token] });
    return work(client);
  });
