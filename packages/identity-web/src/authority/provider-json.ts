/** Parses a JSON object. Returns `undefined` if the string is not a JSON object. */
export function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Parses a JSON object of a provider.
 *
 * @returns `undefined` if the string is not a JSON object, or if it is too deep.
 */
export function parseProviderObject(json: string): Record<string, unknown> | undefined {
  const parsed = parseObject(json)
  return parsed !== undefined && isShallow(parsed) ? parsed : undefined
}

/** The deepest JSON that is accepted. Real documents and tokens have about five levels. */
const MAX_DEPTH = 100

/**
 * Whether a value of `JSON.parse` can be copied, frozen and written as JSON again. Functions that call themselves for each
 * level, such as `JSON.stringify`, fail with a `RangeError` if there are thousands.
 */
export function isShallow(value: unknown, depth: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((inner) => isShallow(inner, depth - 1))
}

/** Returns the hint for a response that another server probably sent. It does not contain the response. */
export function notFromProvider(body: string): string {
  const what = body.trimStart().startsWith('<') ? 'an HTML page' : 'not the JSON of a provider'
  return `The response is ${what}, so a proxy, a firewall or another web server may have sent it. Check authority (IDENTITY_AUTHORITY) or oidcAuthority (IDENTITY_OIDC_AUTHORITY), and HTTPS_PROXY.`
}
