import { own } from '../../own.ts'

/** Whether claims confirm an authentication context, such as `c1`. */
export function hasContext(claims: Readonly<Record<string, unknown>>, context: string): boolean {
  const acrs = own(claims, 'acrs')
  return Array.isArray(acrs) ? acrs.includes(context) : acrs === context
}
