/** Returns an unverified value from outside in a form that is safe in messages, logs and headers. */
export function quote(value: unknown): string {
  const string = typeof value === 'string' ? value : 'nothing'
  return string.slice(0, 120).replaceAll(/[^\w.:/{}@-]/g, '?')
}
