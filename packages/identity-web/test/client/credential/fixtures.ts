import { test as base } from '../../support/fixtures.ts'
import { thumbprintOf } from './request.ts'

/** Vitest's `test` with the certificates `app` and `new`, which all tests of the file share. */
export const test = base
  .extend('shop', { scope: 'file' }, ({ workshop }) => {
    workshop.certificate('app')
    workshop.certificate('new')
    return workshop
  })
  .extend('pems', ({ shop }) => ({
    certificate: shop.text('app.pem'),
    privateKey: shop.text('app.key'),
  }))
  .extend(
    'thumbprint',
    ({ shop }) =>
      (name: string, digest: string): Buffer =>
        thumbprintOf(shop.text(name), digest),
  )

export { describe, expect, vi } from '../../support/fixtures.ts'
