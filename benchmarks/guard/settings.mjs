export const SESSION_SECRET = 'a secret of the benchmark, which protects nobody 0123456789'

/** The users who are signed in at the same time and come back: their opened cookies fit into any cache. */
export const RETURNING_USERS = 200
/** More than the library remembers opened sessions of (two generations of 1000). */
export const CROWD = 5000

/** The options of `Auth`, the same for all that must open each other's sessions. */
export function authOptions(
  { authority, app, signInScope },
  { origin = 'http://127.0.0.1:5000', ...session } = {},
) {
  return {
    authority,
    clientId: app.clientId,
    clientCredential: app.clientSecret,
    redirectUri: `${origin}/redirect`,
    scopes: [signInScope],
    session: { secret: SESSION_SECRET, ...session },
  }
}
