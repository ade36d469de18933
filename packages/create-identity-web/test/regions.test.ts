import { expect, test } from 'vitest'
import { selectRegions } from '../src/project/regions.js'

const TEMPLATE = `one
// #region api
two
// #region entra-id oidc
three
// #endregion entra-id oidc
// #endregion api
  {/* #region oidc */}
  <!-- #region api -->
four
  <!-- #endregion api -->
  {/* #endregion oidc */}
five`

test.for([
  [[], 'one\nfive'],
  [['api'], 'one\ntwo\nfive'],
  [['api', 'entra-id'], 'one\ntwo\nthree\nfive'],
  [['api', 'oidc'], 'one\ntwo\nthree\nfour\nfive'],
  [['oidc'], 'one\nfive'],
] as const)('keeps the regions %s', ([names, expected]) => {
  expect(selectRegions(TEMPLATE, names)).toBe(expected)
})

test.for(['// #region api', '// #endregion api', '// #region a\n// #region b\n// #endregion a'])(
  'rejects a template whose markers do not fit together: %j',
  (text) => {
    expect(() => selectRegions(text, ['a', 'b', 'api'])).toThrow(/does not end/)
  },
)
