import autocannon from 'autocannon';

/** One request, as a target would have it. */
export interface Ask {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Shot {
  readonly requests: number;
  readonly seconds: number;
  readonly rps: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Answers that were none of 2xx and 303, and requests that got none. */
  readonly bad: number;
}

const percentile = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;

/**
 * Keeps so many connections busy for so long, each with its next request as soon as it has its answer.
 * @param enough ends it earlier, after so many answers.
 */
export function shoot(origin: string, next: () => Ask, connections: number, seconds: number, enough = Number.POSITIVE_INFINITY): Promise<Shot> {
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    let bad = 0;
    const started = performance.now();
    let last = started;
    const instance = autocannon(
      {
        url: origin, connections, duration: seconds, timeout: 30, sampleInt: 20, skipAggregateResult: true,
        requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
      },
      (error: unknown, result) => {
        if (error !== null && error !== undefined) {
          reject(error instanceof Error ? error : new Error('the load failed'));
          return;
        }
        times.sort((a, b) => a - b);
        // Nothing came back in time: no rate, rather than none that could be told.
        const took = times.length === 0 ? seconds : (last - started) / 1000;
        resolve({
          requests: times.length, seconds: took, rps: times.length / took, p50: percentile(times, 0.5), p95: percentile(times, 0.95),
          bad: bad + result.errors + result.timeouts,
        });
      },
    );
    instance.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds);
      last = performance.now();
      if (times.length === enough) instance.stop();
      if ((status < 200 || status > 299) && status !== 303) bad += 1;
    });
  });
}
