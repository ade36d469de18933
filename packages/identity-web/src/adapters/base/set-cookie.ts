// Splits a `Set-Cookie` value into the parts that frameworks want.
/** A cookie in parts, whose attributes have the names that frameworks use, such as `maxAge`. */
export interface CookieParts {
  readonly name: string
  readonly value: string
  /** In lower case. */
  readonly sameSite?: string
  readonly partitioned?: true
  readonly [attribute: string]: unknown
}

/**
 * Parses a `Set-Cookie` value with all of its attributes, for frameworks that require a cookie's parts instead of the
 * header.
 */
export function parseSetCookie(setCookie: string): CookieParts {
  const [pair = '', ...attributes] = setCookie.split(';')
  const [name, value] = splitPair(pair)
  return { ...Object.fromEntries(attributes.map(toAttribute)), name, value }
}

function toAttribute(given: string): readonly [name: string, value: unknown] {
  const [nameInHeader, value] = splitPair(given)
  const name = nameInHeader.toLowerCase()
  switch (name) {
    case 'max-age':
      return ['maxAge', Number(value)]
    case 'expires':
      return [name, new Date(value)]
    case 'samesite':
      return ['sameSite', value.toLowerCase()]
    case 'httponly':
      return ['httpOnly', true]
    case 'secure':
    case 'partitioned':
      return [name, true]
    default:
      return [name, given.includes('=') ? value : true]
  }
}

function splitPair(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=')
  return at === -1 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}
