import { type Description, type Shape } from '../../../identity-web-cli/src/reality/compare.ts'

const GUID = '11112222-bbbb-4333-8444-dddd5555eeee'
const TIME = '2026-01-02 03:04:05Z'
const ERROR_ENDINGS: Readonly<Record<string, string>> = {
  AADSTS: ` Trace ID: ${GUID} Correlation ID: ${GUID} Timestamp: ${TIME}`,
  AADB2C: `\r\nCorrelation ID: ${GUID}\r\nTimestamp: ${TIME}\r\n`,
}

const VALUES: Readonly<Record<string, unknown>> = {
  any: 'x',
  string: 'x',
  nullable: null,
  list: [],
  number: 1,
  seconds: 3600,
  digits: '3600',
  guid: GUID,
  sts: `https://sts.windows.net/${GUID}/`,
  customers: `https://${GUID}.ciamlogin.com/${GUID}/v2.0`,
  time: TIME,
  instant: '2026-01-02T03:04:05.6789012Z',
  isoTime: '2026-01-02T03:04:05',
  jwt: 'e30.e30.c2lnbmF0dXJl',
  thumbprint: 'x'.repeat(27),
}

/** Returns a value of a described form. `known` has values by the name of their member. */
export function invent(shape: Shape, known: Readonly<Record<string, unknown>> = {}): unknown {
  if (Array.isArray(shape)) return (shape as readonly Shape[]).map((one) => invent(one, known))
  if (typeof shape === 'object' && shape !== null) {
    const shapes = shape as Readonly<Record<string, Shape>>
    if (shapes['json'] !== undefined) return JSON.stringify(invent(shapes['json'], known))
    return Object.fromEntries(
      Object.entries(shapes).map(([key, value]) => {
        const name = key.replace(/\?$/, '')
        return [name, Object.hasOwn(known, name) ? known[name] : invent(value, known)]
      }),
    )
  }
  return typeof shape === 'string' ? inventText(shape) : shape
}

function inventText(shape: string): unknown {
  if (shape.startsWith('=')) return shape.slice(1)
  const [format = '', ...rest] = shape.split(' ')
  if (format === 'epoch') return Math.floor(Date.now() / 1000)
  if (format === 'url') return `https://login.microsoftonline.com${rest.join('')}`
  if (format === 'challenge') return inventChallenge(rest)
  const [, prefix = ''] = /^(AADSTS|AADB2C|MSIS)\d+$/.exec(format) ?? []
  if (prefix !== '') return `${format}: A reason.${ERROR_ENDINGS[prefix] ?? ''}`
  if (!Object.hasOwn(VALUES, format)) throw new Error(`The format is unknown: "${format}".`)
  return VALUES[format]
}

function inventChallenge([scheme, ...names]: readonly string[]): string {
  const parameters = names.map((name) => {
    const [key, value = key === 'claims' ? 'eyJhY2Nlc3NfdG9rZW4iOnt9fQ==' : 'x'] = name.split('=')
    return `${key}="${value}"`
  })
  return `${scheme} ${parameters.join(', ')}`
}

/** Returns a response of a described form. */
export function inventResponse({
  status = 400,
  headers = {},
  members = {},
}: Description): Response {
  const all = invent(headers) as Record<string, string>
  return new Response(JSON.stringify(invent(members)), {
    status,
    headers: { 'content-type': 'application/json', ...all },
  })
}
