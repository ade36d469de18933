import { describe, expect, test, vi } from 'vitest'
import { oidcAuthority } from '../../src/authority/recognize.ts'
import { requestProvider, fetchDocument } from '../../src/authority/provider-documents.ts'
import { parseObject, type Transport } from '../../src/authority/transport.ts'
import { createIssuingAuthority } from '../../src/authority/issuing-authority.ts'
import { fetchMetadata } from '../../src/authority/metadata.ts'

const DOCUMENT = 'https://a.example/doc'

/** Returns a transport whose `fetch` returns the given response. */
const answering = (answer: () => Response | Promise<Response>, timeoutSeconds = 1): Transport => ({
  fetch: vi.fn<typeof fetch>(async () => answer()),
  timeoutSeconds,
})

describe('a response of a provider', () => {
  test('is read with its status and headers, without following redirects', async () => {
    const transport = answering(() => new Response('äé', { status: 201, headers: { a: 'b' } }))

    const answer = await requestProvider(transport, 'x', {
      url: DOCUMENT,
      method: 'POST',
      redirect: 'follow',
    })

    expect(answer).toMatchObject({ status: 201, body: 'äé' })
    expect(answer.headers.get('a')).toBe('b')
    expect(transport.fetch).toHaveBeenCalledWith(
      DOCUMENT,
      expect.objectContaining({ method: 'POST', redirect: 'manual' }),
    )
  })

  test('can have an empty body', async () => {
    const transport = answering(() => new Response(null, { status: 204 }))

    expect(await requestProvider(transport, 'x', { url: DOCUMENT })).toMatchObject({
      status: 204,
      body: '',
    })
  })

  test.each([
    [429, undefined, 5],
    [500, undefined, 5],
    [503, '120', 120],
    [503, '0', 0],
    // Microsoft Graph sends fractions.
    [503, '0.249', 1],
    [503, '100000', 3600],
    [503, '-3', 5],
    [503, 'tomorrow', 5],
  ])(
    '%s with Retry-After %s can be repeated in %s s',
    async (status, header, retryAfterSeconds) => {
      const headers = header === undefined ? {} : { 'retry-after': header }
      const transport = answering(() => new Response('x', { status, headers }))

      await expect(requestProvider(transport, 'metadata', { url: DOCUMENT })).rejects.toMatchObject(
        {
          code: 'provider_unavailable',
          message: `The provider returned ${status} for metadata.`,
          retryAfterSeconds,
        },
      )
    },
  )

  test('contains the correlation ID of the failed request', async () => {
    const headers = { 'x-ms-request-id': 'id-1' }
    const transport = answering(() => new Response('', { status: 500, headers }))

    await expect(requestProvider(transport, 'x', { url: DOCUMENT })).rejects.toMatchObject({
      correlationId: 'id-1',
    })
  })

  test('that takes too long is aborted after the timeout', async () => {
    const transport: Transport = {
      timeoutSeconds: 0.02,
      fetch: (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))
        }),
    }

    await expect(requestProvider(transport, 'metadata', { url: DOCUMENT })).rejects.toMatchObject({
      code: 'provider_unavailable',
      message: 'The provider did not return metadata within 0.02 seconds.',
      retryAfterSeconds: 5,
    })
  })

  test('that breaks off is rejected', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{'))
        controller.error(new Error('reset'))
      },
    })

    await expect(
      requestProvider(
        answering(() => new Response(body)),
        'x',
        { url: DOCUMENT },
      ),
    ).rejects.toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringMatching(/could not be reached/),
    })
  })

  test('can have a million bytes, and a larger one is not read completely', async () => {
    let pulled = 0
    let cancelled = false
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(100_000).fill(32))
      },
      cancel() {
        cancelled = true
      },
    })
    const million = answering(() => new Response(' '.repeat(1_000_000)))

    expect((await requestProvider(million, 'x', { url: DOCUMENT })).body).toHaveLength(1_000_000)
    await expect(
      requestProvider(
        answering(() => new Response(endless)),
        'x',
        { url: DOCUMENT },
      ),
    ).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringMatching(/larger than 1000000 bytes/),
    })
    expect(pulled).toBeLessThan(15)
    expect(cancelled).toBe(true)
  })

  test('decodes a character that arrives in two parts', async () => {
    const [first, second] = [new Uint8Array([0xc3]), new Uint8Array([0xa4])]
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(first)
        controller.enqueue(second)
        controller.close()
      },
    })

    expect(
      (
        await requestProvider(
          answering(() => new Response(body)),
          'x',
          { url: DOCUMENT },
        )
      ).body,
    ).toBe('ä')
  })
})

describe('a JSON document', () => {
  test('is requested as JSON', async () => {
    const transport = answering(() => Response.json({ a: 1 }))

    expect(await fetchDocument(transport, 'metadata', DOCUMENT)).toEqual({ a: 1 })
    expect(transport.fetch).toHaveBeenCalledWith(
      DOCUMENT,
      expect.objectContaining({ headers: { accept: 'application/json' } }),
    )
  })

  test.each([
    ['of another status', () => Response.json({}, { status: 404 }), /returned 404/],
    ['that is text', () => new Response('x'), /not a JSON object/],
    ['that is a list', () => Response.json([]), /not a JSON object/],
    ['that is null', () => Response.json(null), /not a JSON object/],
  ])('%s is rejected', async (_what, answer, message) => {
    await expect(fetchDocument(answering(answer), 'metadata', DOCUMENT)).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringMatching(message),
    })
  })

  test.each([
    ['{"a":1}', { a: 1 }],
    ['{}', {}],
    ['[]', undefined],
    ['null', undefined],
    ['7', undefined],
    ['"x"', undefined],
    ['', undefined],
    ['{', undefined],
  ])('%s is read as %j', (text, value) => {
    expect(parseObject(text)).toEqual(value)
  })
})

describe('the documents of an authority', () => {
  const authority = oidcAuthority('https://a.example')
  const document = {
    issuer: 'https://a.example',
    authorization_endpoint: 'https://a.example/authorize',
    token_endpoint: 'https://a.example/token',
    jwks_uri: 'https://a.example/keys',
  }

  test('are read, and unknown fields are kept', async () => {
    const metadata = { ...document, more: 1 }

    expect(
      await fetchMetadata(
        answering(() => Response.json(metadata)),
        authority,
      ),
    ).toEqual(metadata)
  })

  test('of another issuer are rejected, and the message contains the expected issuer', async () => {
    const transport = answering(() => Response.json({ ...document, issuer: 'https://b.example' }))

    await expect(fetchMetadata(transport, authority)).rejects.toMatchObject({
      code: 'invalid_response',
      message: expect.stringMatching(
        /contains the issuer .?https:\/\/b\.example.?, but https:\/\/a\.example is expected/,
      ),
      hint: expect.stringMatching(/must be the URL that the provider uses as its issuer/),
    })
  })

  test('are each fetched once, and keys are fetched again if the metadata contains another URL', async () => {
    let time = 1_000_000
    let keysUrl = 'https://a.example/keys'
    const urls: string[] = []
    const issuing = createIssuingAuthority(
      authority,
      {
        timeoutSeconds: 1,
        fetch: (url) => {
          urls.push((url as string).slice('https://a.example/'.length))
          const isMetadata = (url as string).includes('.well-known')
          return Promise.resolve(
            Response.json(isMetadata ? { ...document, jwks_uri: keysUrl } : { keys: [] }),
          )
        },
      },
      () => time,
    )

    const header = { alg: 'RS256', kid: 'unknown' }
    await issuing.signingKeys(await issuing.metadata(), header)
    await issuing.signingKeys(await issuing.metadata(), header)
    keysUrl = 'https://a.example/moved'
    time += 24 * 3600
    await issuing.signingKeys(await issuing.metadata(), header)

    const metadata = '.well-known/openid-configuration'
    expect(urls).toEqual([metadata, 'keys', metadata, 'moved'])
  })
})
