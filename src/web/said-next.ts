import '@fastify/cookie';
import type { FastifyReply } from 'fastify';

/** What was just done is said on the next page; the cookie holds the name of a command and nothing of a case. */
export const SAID_COOKIE = 'udvej-sagt';

/** Leaves the word for the next page (pages/said.ts). @param secure over https, where every cookie is marked so */
export const sayNext = (reply: FastifyReply, word: string, secure: boolean): void =>
  void reply.setCookie(SAID_COOKIE, word, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 60 });
