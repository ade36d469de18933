/** Returns the first block of a PEM string with one of the labels, such as `CERTIFICATE`, or `undefined`. */
export function pemBlock(text: string, ...labels: readonly string[]): string | undefined {
  for (const label of labels) {
    const start = text.indexOf(`-----BEGIN ${label}-----`)
    const last = `-----END ${label}-----`
    const end = start === -1 ? -1 : text.indexOf(last, start)
    if (end !== -1) return text.slice(start, end + last.length)
  }
  return undefined
}
