export const SESSION_SECRET = 'a secret of the benchmark, which protects nobody 0123456789'

/** The number of returning users. Their decrypted cookies fit into any cache. */
export const RETURNING_USERS = 200
/** More users than the cache of decrypted sessions can contain (two generations of 1000). */
export const CROWD = 5000

/** Seconds. A busy machine must not end a measurement. */
export const STORE_TIMEOUT = 20

/** The options of `Auth`. They are equal for all servers that must accept the same sessions. */
export function authOptions({ authority, app, signInScope }, session = {}) {
  return {
    authority,
    clientId: app.clientId,
    clientCredential: app.clientSecret,
    // Sessions are encrypted for this origin, although each server has another port.
    redirectUri: 'http://127.0.0.1:5000/redirect',
    scopes: [signInScope],
    // The default name contains the port, and each server has another one.
    logger: false,
    session: {
      secret: SESSION_SECRET,
      cookie: { name: 'identity' },
      storeTimeoutSeconds: STORE_TIMEOUT,
      ...session,
    },
  }
}
