import {
  describe,
  expect,
  CLIENT,
  TODO_API,
  TODO_URI,
  GRAPH,
  OTHER,
  test,
  expectAccepted,
  expectRejected,
} from './guarded-api.ts'

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028]/

describe('the audience', () => {
  test.for([
    ['another', OTHER, OTHER],
    ['the client', CLIENT, CLIENT],
    ['a list without ours', [OTHER, 'x'], OTHER],
    ['longer than ours', `${TODO_API}0`, `${TODO_API}0`],
    ['ours with an additional path', `${TODO_URI}/x`, `${TODO_URI}/x`],
  ] as const)('is rejected if it is %s', async ([, aud, named], { open, tokenWithClaims }) => {
    await expectRejected(
      await open(),
      await tokenWithClaims({ aud }),
      `it is for ${named}; ask for a scope of this API, such as ${TODO_URI}/.default`,
    )
  })

  test.for([undefined, null, 7, [], [7]])(
    'is named as missing if it is %j, with the remedy',
    async (aud, { open, tokenWithClaims }) => {
      const api = await open()
      await expectRejected(
        api,
        await tokenWithClaims({ aud }),
        'it does not contain an audience (aud), so it can be for any API; configure the provider',
      )
      expect(api.logs.join()).toContain('set the option audience (IDENTITY_AUDIENCE)')
    },
  )

  test.for(['', '/'])(
    'may end with a slash, or not: the option ends with "%s"',
    async (end, { open, tokenWithClaims }) => {
      const api = await open({ audience: TODO_URI + end })

      for (const aud of [TODO_URI, `${TODO_URI}/`, TODO_API]) {
        await expectAccepted(api, await tokenWithClaims({ aud }))
      }
      api.acceptedTokens.length = 0
      await expectRejected(api, await tokenWithClaims({ aud: `${TODO_URI}//` }), 'it is for')
    },
  )

  test('rejects a token of Microsoft Graph, and says so', async ({ open, provider }) => {
    await expectRejected(
      await open(),
      await provider.accessToken({ as: 'alex', scopes: ['https://graph.microsoft.com/User.Read'] }),
      `it is for https://graph.microsoft.com; ask for a scope of this API, such as ${TODO_URI}/.default`,
    )
  })

  test.for([GRAPH, 'https://graph.microsoft.com', 'https://graph.microsoft.com/'])(
    'recognizes Graph by each of its names: %s',
    async (aud, { open, tokenWithClaims }) => {
      await expectRejected(
        await open(),
        await tokenWithClaims({ aud }),
        'it is for https://graph.microsoft.com; ask for a scope of this API',
      )
    },
  )

  test('is quoted without characters that would end the quotes, and is shortened', async ({
    open,
    tokenWithClaims,
  }) => {
    const api = await open()

    const response = await api.call(
      '/any',
      await tokenWithClaims({ aud: `x", scope="all\r\nx-evil: 1 \u001b[31m${'y'.repeat(500)}` }),
    )

    expect(Object.keys(response.challenge ?? {})).toEqual(['error', 'error_description'])
    expect(response.headers.get('x-evil')).toBeNull()
    expect(response.headers.get('www-authenticate')).not.toContain('y'.repeat(121))
    expect(api.logs.join('')).not.toMatch(CONTROL)
  })
})
