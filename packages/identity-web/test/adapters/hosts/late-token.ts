import { IdentityError } from 'identity-web'

/** Streams JSON whose first part is sent before a token is requested: the token, or the code of the error. */
export function lateToken(getToken: () => Promise<object>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let isStarted = false
  return new ReadableStream(
    {
      async pull(controller) {
        if (!isStarted) {
          isStarted = true
          return controller.enqueue(encoder.encode('{"late":'))
        }
        // The server has taken the first part, and sends it meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 100))
        const token = await getToken().catch((error: unknown) => {
          if (IdentityError.is(error)) return { code: error.code }
          throw error
        })
        controller.enqueue(encoder.encode(`${JSON.stringify(token)}}`))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
