import { parsePort } from './start-options.js'
import { freePort } from './free-port.js'
import { toRedirectUri } from './env-variables.js'

/** The origin and the port at which the app of the user listens. */
export interface AppAddress {
  readonly origin: string
  readonly redirectUri: string
  /** The environment variable `PORT`, which most servers read. */
  readonly variables: Readonly<Record<string, string>>
}

const DEFAULT_PORT = 3000

/**
 * Returns where an app will listen: at the origin of its redirect URI, at the environment variable `PORT`, or at the first free
 * port from 3000.
 *
 * @param redirectUri - The value of `--redirect-uri`. A path belongs to the origin of the app.
 * @throws TypeError when a value is not valid, or when no port is free.
 */
export async function appAddress(redirectUri: string | undefined): Promise<AppAddress> {
  const { PORT } = process.env
  if (redirectUri !== undefined && URL.canParse(redirectUri)) {
    const { origin, port } = new URL(redirectUri)
    return {
      origin,
      redirectUri,
      variables: PORT === undefined && port !== '' ? { PORT: port } : {},
    }
  }
  const port = PORT ? parsePort(PORT, 'PORT') : await freePort(DEFAULT_PORT)
  const origin = `http://localhost:${port}`
  return {
    origin,
    redirectUri: toRedirectUri(redirectUri, origin),
    variables: { PORT: String(port) },
  }
}
