import type { ClientAuth } from 'openid-client'
import type { SecretMethod, LoadedCredential, Method, NamedSettings } from './client-credential.ts'

const OTHER: Readonly<Record<SecretMethod, SecretMethod>> = {
  client_secret_basic: 'client_secret_post',
  client_secret_post: 'client_secret_basic',
}

export function secretMethod(secret: string, settings: NamedSettings): Method {
  return {
    name: settings.name,
    prepare: async () => undefined,
    load: async () => loadSecret(secret, settings),
  }
}

function loadSecret(secret: string, settings: NamedSettings): LoadedCredential {
  let used: SecretMethod | undefined
  const { secretMethod: chosen, preferredSecretMethod: preferred } = settings
  const isMicrosoft = chosen === undefined && preferred === 'client_secret_post'
  return {
    authenticate(...request) {
      used = methodFor(settings, request[0].token_endpoint_auth_methods_supported)
      const authenticate = used === 'client_secret_post' ? inBody(secret) : inHeader(secret)
      return authenticate(...request)
    },
    advice: (codes) =>
      // Microsoft accepts both methods, so its codes name another cause.
      used === undefined || codes.length > 0 || isMicrosoft
        ? undefined
        : `The request authenticated with ${used}. If the registration of the application requires ${OTHER[used]}, set Auth({ clientAuthentication: '${OTHER[used]}' }) or IDENTITY_CLIENT_AUTHENTICATION.`,
  }
}

function methodFor(
  { secretMethod: chosen, preferredSecretMethod: preferred }: NamedSettings,
  listed: readonly string[] | undefined,
): SecretMethod {
  if (chosen !== undefined) return chosen
  // If the list is missing, OpenID Connect Discovery defines client_secret_basic.
  if (listed === undefined || listed.length === 0) return 'client_secret_basic'
  if (listed.includes(preferred)) return preferred
  return listed.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post'
}

function inBody(secret: string): ClientAuth {
  return (_as, client, body) => {
    body.set('client_id', client.client_id)
    body.set('client_secret', secret)
  }
}

function inHeader(secret: string): ClientAuth {
  return (...request) => {
    const [, client, , headers] = request
    const credentials = `${formEncode(client.client_id)}:${formEncode(secret)}`
    // The encoded credentials contain only characters of ASCII, which `btoa` requires.
    headers.set('authorization', `Basic ${btoa(credentials)}`)
  }
}

/**
 * Encodes a value for the `Authorization` header (RFC 6749, section 2.3.1 and appendix B).
 *
 * Many providers do not decode the header. Therefore, the characters `-._~` stay as they are. The encoder of openid-client
 * changes them, so generated secrets would not work at these providers.
 */
function formEncode(value: string): string {
  return encodeURIComponent(value)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
