/** What the web needs to know of its surroundings; read and validated once at start. */
export interface WebSettings {
  /** "http://127.0.0.1:3000": where browsers reach us. */
  readonly origin: string;
  /** Over https: cookies get the `__Host-` prefix and Secure. */
  readonly secure: boolean;
  readonly demonstration: boolean;
  readonly version: string;
  /** Keys the forms' tokens; stable across nodes. */
  readonly csrfKey: Buffer;
  /** Multiplies every rate limit; 1 in life, more in load tests, whose requests still pass the code. */
  readonly rateFactor: number;
  /** Aborted when the program is to end: it answers on for some seconds, but says that it is not ready for more. */
  readonly ending?: AbortSignal;
}
