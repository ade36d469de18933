/** A piece of a page, safe to send. */
export interface Html {
  readonly html: string
}

type Value = Html | string | number | false | undefined | readonly Html[]

/** Writes a piece of a page; every text that is put in is escaped. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { html: parts.map((part, index) => part + toText(values[index])).join('') }
}

/** Escapes a text for element content and for quoted attributes. */
function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function toText(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('')
}
