/**
 * Rejects calls to the testing kit in production.
 *
 * @throws TypeError when `NODE_ENV` is `production`.
 */
export function assertNotProduction(name: string): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new TypeError(
    `NODE_ENV is "production", so ${name} is not available. It creates sessions and tokens without a sign-in. Set NODE_ENV to test or development.`,
  )
}
