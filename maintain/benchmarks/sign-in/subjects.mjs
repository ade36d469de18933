import { startChild } from '../child.mjs'

/** The base of all ratios: the same work by hand. Our library verifies the signature of the ID token, and so does this. */
export const BY_HAND = 'openid-client by hand, ID token verified'
/** Redirects without a sign-in: the cost of Express itself. */
export const BARE = 'bare Express, redirects only'

/** Returns the servers that sign users in, each with a function that starts it. */
export function signInSubjects({ start, setup }) {
  const startOwn = (name, more) => (options) =>
    startChild(new URL(`servers/${name}.mjs`, import.meta.url), { ...setup, ...more }, options)
  const startGuard = (name, more) => (options) => start(name, { ...more, ...options })
  return [
    { name: BARE, start: startOwn('bare') },
    { name: BY_HAND, start: startOwn('openid-client', { verifiesSignature: true }) },
    { name: 'openid-client by hand', start: startOwn('openid-client') },
    { name: 'identity-web, in cookies', start: startGuard('identity-web') },
    {
      name: 'identity-web, in memory',
      start: startGuard('identity-web', { keptIn: 'memory' }),
    },
    { name: 'express-openid-connect, in cookies', start: startGuard('express-openid-connect') },
  ]
}
