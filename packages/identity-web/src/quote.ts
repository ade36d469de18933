/** What comes from outside and was not verified, fit for messages, logs and headers. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : 'nothing'
  return text.slice(0, 120).replaceAll(/[^\w.:/{}@-]/g, '?')
}
