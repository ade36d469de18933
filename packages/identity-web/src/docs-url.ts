// Links of messages to the documentation.
/**
 * The documentation site's URL without a slash at the end, which is empty because a public site does not exist yet. The
 * variable `IDENTITY_DOCS_URL` replaces it.
 */
const DEFAULT_BASE = ''

type Variables = Readonly<Record<string, string | undefined>>

/** The parts of an error, or of an event about an error, that select the page about the error. */
export interface DocumentedError {
  readonly code?: string | undefined
  readonly hint?: string | undefined
  readonly microsoftCodes?: readonly string[] | undefined
}

/** Returns the base URL for links to the documentation, or `undefined` if messages do not contain links. */
export function docsBaseOf(variables: Variables): string | undefined {
  const given = variables['IDENTITY_DOCS_URL'] || DEFAULT_BASE
  return given === '' || docsUrlFault(given) !== undefined ? undefined : withoutSlashes(given)
}

/** Returns the warning about a base URL that is not used. */
export function docsUrlWarnings({ IDENTITY_DOCS_URL: given }: Variables): string[] {
  const fault = given ? docsUrlFault(given) : undefined
  if (fault === undefined) return []
  return [
    `IDENTITY_DOCS_URL ${fault}, so messages for developers do not contain links. Set this variable to the URL of the documentation, for example https://docs.example.com.`,
  ]
}

/**
 * Returns the URL of the page about an error, which only messages for developers contain.
 *
 * @param base - The result of {@link docsBaseOf}.
 */
export function docsUrlOf(base: string | undefined, error: DocumentedError): string | undefined {
  const { code, hint, microsoftCodes = [] } = error
  if (base === undefined || code === undefined) return undefined
  // A Microsoft code has a page if it has a hint. With several codes, however, the hint does not tell which one has it.
  const [microsoftCode = code] =
    microsoftCodes.length === 1 && hint !== undefined ? microsoftCodes : []
  return `${base}/errors/${encodeURIComponent(microsoftCode)}`
}

function docsUrlFault(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is not an http or https URL'
  if (url.username !== '' || url.password !== '') return 'contains a user name or a password'
  return /[?#]/.test(url.href) ? 'has a query or a fragment' : undefined
}

/**
 * Returns the URL as the parser writes it, without slashes at its end. Spaces, line breaks and control characters
 * therefore cannot reach a log line.
 */
function withoutSlashes(given: string): string {
  let { href } = new URL(given)
  while (href.endsWith('/')) href = href.slice(0, -1)
  return href
}
