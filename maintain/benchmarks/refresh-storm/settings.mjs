/** The options of all servers, which must accept the same sessions. Each server has another port. */
export const SETTINGS = {
  redirectUri: 'http://127.0.0.1:5000/redirect',
  scopes: ['User.Read'],
  timeoutSeconds: 5,
  session: {
    secret: 'a secret of the benchmark, which protects nobody 0123456789',
    cookie: { name: 'identity' },
  },
}

/** Seconds after which the tokens of all sessions have expired. */
export const EXPIRY = 3700
