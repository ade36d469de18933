// Selects the language of a visitor.
/**
 * The maximum number of characters of a header that are read. It also limits the number of entries. Browsers send much
 * less.
 */
const MAX_CHARACTERS = 1000
const MAX_RANGES = 32
/**
 * The maximum length of a tag, in characters. RFC 5646, section 4.4.1: a tag of 35 characters has room for every part
 * in practice.
 */
const MAX_RANGE = 35

/** A language range of the header, and its weight from 0 to 1. */
interface LanguageRange {
  readonly range: string
  readonly quality: number
}

/**
 * Returns the language for a visitor. If the visitor does not accept any of the available languages, it returns the
 * first one of `tags`.
 *
 * @param header - The value of `Accept-Language`.
 * @param tags - The tags of the available languages.
 * @see {@link https://www.rfc-editor.org/rfc/rfc4647#section-3.4 | RFC 4647, section 3.4}
 */
export function negotiateLanguage(header: string | undefined, tags: readonly string[]): string {
  const [fallback = ''] = tags
  if (header === undefined || tags.length === 1) return fallback
  const ranges = parseRanges(header)
  const rejected = ranges.filter(({ quality }) => quality === 0)
  const available = tags.filter((tag) => !rejected.some(({ range }) => covers(range, tag)))
  for (const { range } of ranges.toSorted((a, b) => b.quality - a.quality)) {
    const found = range === '*' ? available[0] : lookUp(range, available)
    if (found !== undefined) return found
  }
  return fallback
}

function parseRanges(header: string): LanguageRange[] {
  return header
    .slice(0, MAX_CHARACTERS)
    .split(',', MAX_RANGES)
    .map(parseRange)
    .filter((range) => range !== undefined)
}

/** Parses an entry of the header (RFC 9110, section 12.5.4). Returns `undefined` if the entry is not valid. */
function parseRange(entry: string): LanguageRange | undefined {
  const [range = '', weight, ...others] = entry.split(';').map((part) => part.trim().toLowerCase())
  const isRange = range === '*' || /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(range)
  if (!isRange || range.length > MAX_RANGE || others.length > 0) return undefined
  if (weight === undefined) return { range, quality: 1 }
  const quality = /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.exec(weight)?.[1]
  return quality === undefined ? undefined : { range, quality: Number(quality) }
}

/**
 * Returns whether a range that the visitor rejects includes a language. `*` rejects only the languages that are not in
 * other ranges.
 */
function covers(range: string, tag: string): boolean {
  return tag.toLowerCase() === range || tag.toLowerCase().startsWith(`${range}-`)
}

function lookUp(range: string, tags: readonly string[]): string | undefined {
  for (let tag = range; tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const found = tags.find((each) => each.toLowerCase() === tag)
    if (found !== undefined) return found
  }
  // A reader of zh-CN can read zh-Hans, and a reader of zh-TW needs another script.
  const script = scriptOf(range)
  return script && tags.find((tag) => scriptOf(tag) === script)
}

/** Returns a language with its script, such as `zh-Hans` for `zh-CN`. */
function scriptOf(tag: string): string | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return script === undefined ? undefined : `${language}-${script}`
  } catch {
    return undefined
  }
}
