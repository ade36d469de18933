/** Replaces every character that RFC 6750, section 3, does not allow in an unescaped `error_description`. */
export function toDescription(message: string): string {
  return message
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(/[^\x20-\x7e]/g, '?')
}
