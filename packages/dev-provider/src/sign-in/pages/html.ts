/** An HTML fragment whose values are escaped. */
export interface Html {
  readonly html: string
}

type Value = Html | string | number | false | undefined | readonly Html[]

/** Creates an HTML fragment from a template. It escapes every string value. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return { html: parts.map((part, index) => part + renderValue(values[index])).join('') }
}

/** Escapes a string for element content and for quoted attributes. */
function escapeHtml(value: string): string {
  // Most values are safe. A page of accounts contains hundreds of them.
  if (!/[&<>"']/.test(value)) return value
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

function renderValue(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('')
}
