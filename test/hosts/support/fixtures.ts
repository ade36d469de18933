import { test as base } from '../../../packages/dev-provider/test/support/fixtures.ts'

/** Vitest's `test` with a development provider. A test that opens a page gets the provider in its initial state. */
export const test = base.extend('openPage', ({ openPage, provider: _reset }) => openPage)
