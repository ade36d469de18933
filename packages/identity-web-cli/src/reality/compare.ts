/**
 * The form of a value: `=text` is this text, a list of one form is a list whose entries all have it, a list of several forms has
 * exactly these entries in any order. `{ json }` is a string with JSON. Names of formats are in {@link FORMATS}.
 */
export type Shape =
  | string
  | number
  | boolean
  | null
  | readonly Shape[]
  | { readonly [name: string]: Shape }

/** The members of a response, by their names. A name with `?` at its end may be missing. */
export type Members = Readonly<Record<string, Shape>>

/** The form of a response that Microsoft sent. Its values are not those of a tenant. */
export interface Description {
  readonly id: string
  readonly sentence: string
  /** A file of the library or its guides, `#`, and a text in it that relies on the sentence. See docs/evidence/reality.md. */
  readonly reliesOn?: string
  /** The response needs a person, a policy or a browser. */
  readonly by?: 'hand'
  /** The check of `identity-web-cli verify` that proves it. */
  readonly check?: string
  /** The request of the test, see `causes.ts`. */
  readonly cause: string
  readonly status?: number
  /** In lower case, also the values. */
  readonly headers?: Members
  readonly members?: Members
  /** The source has only a part of the response, so more members are not a difference. */
  readonly open?: boolean
  /** Members that must not occur. */
  readonly absent?: readonly string[]
  readonly source: string
  /** The day of the response, for example `2024-02-09`, or `undated`. */
  readonly date: string
  readonly kind: string
}

/** The response of the provider. `members` are those of a JSON body, of the parameters of a redirect, or of a decoded token. */
export interface Answer {
  readonly status?: number
  readonly headers?: Headers
  readonly members?: unknown
}

const GUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ`
/** The text after that of an error. Entra ID has separated the parts with spaces since 2024. */
const ENDINGS: Readonly<Record<string, string>> = {
  AADSTS: ` Trace ID: ${GUID} Correlation ID: ${GUID} Timestamp: ${TIME}`,
  AADB2C: `\r\nCorrelation ID: ${GUID}\r\nTimestamp: ${TIME}\r\n`,
  MSIS: '',
}

const text = (pattern: string) => (value: unknown) =>
  typeof value === 'string' && new RegExp(`^(?:${pattern})$`, 'i').test(value)
const whole = (value: unknown): value is number => Number.isInteger(value)

const FORMATS: Readonly<Record<string, (value: unknown) => boolean>> = {
  any: (value) => value !== undefined,
  string: text('[^]+'),
  /** A property that can be empty. */
  nullable: (value) => value === null || typeof value === 'string',
  list: (value) => Array.isArray(value),
  number: (value) => typeof value === 'number',
  seconds: (value) => whole(value) && value > 0 && value < 1e8,
  epoch: (value) => whole(value) && value > 1e9,
  digits: text(String.raw`\d+`),
  guid: text(GUID),
  /** The issuer of version 1. */
  sts: text(`https://sts\\.windows\\.net/${GUID}/`),
  /** The issuer of External ID, whose host is the tenant ID. */
  customers: text(String.raw`https://(${GUID})\.ciamlogin\.com/\1/v2\.0`),
  time: text(TIME),
  /** A time as .NET writes it. */
  instant: text(String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z`),
  isoTime: text(String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`),
  jwt: text(String.raw`[\w-]+\.[\w-]+\.[\w-]+`),
  /** A SHA-1 in base64url, as the certificates of keys have. */
  thumbprint: text(String.raw`[\w-]{27}`),
  url: (value) => typeof value === 'string' && URL.canParse(value),
}

/**
 * Compares a response with a description.
 *
 * @returns The differences, for example `members.suberror: missing`. Empty if the response has the form.
 */
export function compare(description: Description, answer: Answer): string[] {
  const { status, headers = {}, members, open = false, absent = [] } = description
  const differences = status === undefined || status === answer.status ? [] : ['status: other']
  for (const [name, shape] of Object.entries(headers)) {
    const value = answer.headers?.get(name)?.toLowerCase()
    differences.push(...compareValue(`headers.${name}`, shape, value))
  }
  if (members !== undefined) {
    differences.push(...compareMembers('members', members, answer.members, open))
  }
  for (const path of absent) {
    if (find(answer.members, path) !== undefined) differences.push(`members.${path}: extra`)
  }
  return differences
}

/** Returns the first differences as a text. A response of another kind has dozens. */
export function describeDifferences(differences: readonly string[]): string {
  const more = differences.length > 3 ? `, ${differences.length - 3} more` : ''
  return differences.slice(0, 3).join(', ') + more
}

function compareMembers(path: string, shapes: Members, value: unknown, open: boolean): string[] {
  if (!isObject(value)) return [`${path}: ${value === undefined ? 'missing' : 'other'}`]
  const names = new Set(Object.keys(shapes).map((name) => name.replace(/\?$/, '')))
  const extra = open ? [] : Object.keys(value).filter((name) => !names.has(name))
  return [
    ...Object.entries(shapes).flatMap(([key, shape]) => {
      const name = key.replace(/\?$/, '')
      if (name !== key && value[name] === undefined) return []
      return compareValue(`${path}.${name}`, shape, value[name], open)
    }),
    ...extra.map((name) => `${path}.${name}: extra`),
  ]
}

function compareValue(path: string, shape: Shape, value: unknown, open = false): string[] {
  if (value === undefined) return [`${path}: missing`]
  if (isList(shape)) return compareList(path, shape, value, open)
  if (isObject(shape)) {
    if (shape['json'] === undefined) return compareMembers(path, shape, value, open)
    return compareValue(path, shape['json'], parse(value), open)
  }
  return matches(shape, value) ? [] : [`${path}: other`]
}

function compareList(
  path: string,
  shapes: readonly Shape[],
  value: unknown,
  open: boolean,
): string[] {
  if (!Array.isArray(value)) return [`${path}: other`]
  const [only] = shapes
  if (shapes.length === 1 && only !== undefined) {
    const differences = value.flatMap((entry) => compareValue(`${path}[]`, only, entry, open))
    return value.length === 0 ? [`${path}[]: missing`] : [...new Set(differences)]
  }
  const isSame = (shape: Shape) =>
    value.some((entry) => compareValue(path, shape, entry).length === 0)
  return value.length === shapes.length && shapes.every(isSame) ? [] : [`${path}: other`]
}

function matches(shape: Shape, value: unknown): boolean {
  if (typeof shape !== 'string') return shape === value
  if (shape.startsWith('=')) return value === shape.slice(1)
  const [format = '', ...rest] = shape.split(' ')
  const end = rest.join(' ')
  if (format === 'challenge') return typeof value === 'string' && describeChallenge(value) === end
  const [, prefix = ''] = /^(AADSTS|AADB2C|MSIS)\d+$/.exec(format) ?? []
  if (prefix !== '') return text(`${format}: [^\r\n]+?${ENDINGS[prefix]}`)(value)
  const check = FORMATS[format]
  if (check === undefined) throw new Error(`The format is unknown: "${format}".`)
  return check(value) && (end === '' || String(value).endsWith(end))
}

/** Returns the scheme of a challenge, the names of its parameters in alphabetical order, and its error. */
function describeChallenge(header: string): string {
  const names = [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) =>
    name === 'error' ? `error=${value}` : String(name),
  )
  return [/^\w+/.exec(header)?.[0], ...names.toSorted()].join(' ')
}

function find(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value)
}

function parse(value: unknown): unknown {
  try {
    return JSON.parse(String(value))
  } catch {
    return null
  }
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
