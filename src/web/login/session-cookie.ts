import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A token as the store makes it: 32 random bytes in base64url. Anything else is nobody's, and never reaches the database. */
const TOKEN = /^[\w-]{43}$/;

/** Attributes of every cookie that proves something. Lax: the identity provider sends the browser back from another site. */
export const proofCookie = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure }) as const;

/** `__Host-` keeps neighbouring host names from setting it; browsers demand https for that, so a demonstration over http goes without. */
export const sessionCookieName = (secure: boolean): string => (secure ? '__Host-udvej' : 'udvej');

/** Ends with the browser; the idle and absolute limits are the database's. */
export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(sessionCookieName(secure), token, proofCookie(secure));
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(sessionCookieName(secure), proofCookie(secure));
}

/** The token a browser sends, unproven: the database decides. Over https a cookie without the prefix is not looked at. */
export function readSessionToken(request: FastifyRequest, secure: boolean): string | undefined {
  const token = request.cookies[sessionCookieName(secure)];
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}
