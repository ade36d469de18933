// The signal that aborts when a session or a token ends.
import { IdentityError } from '../errors.ts'
import type { StreamEnd } from '../http-context.ts'
import type { MaybePromise } from '../maybe-promise.ts'

/** The checks that find out whether an authentication has ended. */
export interface EndWatch {
  /** The seconds until the first check. */
  readonly seconds: number
  /** Returns the seconds until the next check, or the error with which the authentication ended. */
  check(): MaybePromise<number | IdentityError>
  /** Calls a function when the session ends in this process, and returns a function that stops this. */
  onEnd?(end: () => void): () => void
  /** Calls a function when the connection closes. */
  onClose?(close: () => void): void
}

/** A signal that aborts when an authentication ends. */
export interface EndSignal {
  /** Starts the watch when it is first called. */
  get(): AbortSignal
  close(): void
}

/** The maximum delay of a timer. With a longer delay, a timer would run immediately. */
const MAX_MILLISECONDS = 2 ** 31 - 1

/** Creates the signal of an authentication, whose timer does not keep the process running. */
export function createEndSignal({ seconds, check, onEnd, onClose }: EndWatch): EndSignal {
  let controller: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let unsubscribe: (() => void) | undefined
  let isClosed = false

  function close(): void {
    isClosed = true
    clearTimeout(timer)
    unsubscribe?.()
  }

  function end(error: IdentityError = sessionEnded()): void {
    if (isClosed) return
    close()
    controller?.abort(error)
  }

  function checkIn(delay: number): void {
    timer = setTimeout(() => void runCheck(), Math.min(delay * 1000, MAX_MILLISECONDS))
    unref(timer)
  }

  async function runCheck(): Promise<void> {
    const result = await check()
    if (isClosed) return
    if (typeof result === 'number') checkIn(result)
    else end(result)
  }

  return {
    get() {
      if (controller !== undefined) return controller.signal
      controller = new AbortController()
      if (!isClosed) {
        checkIn(seconds)
        unsubscribe = onEnd?.(() => end())
        onClose?.(close)
      }
      return controller.signal
    },
    close,
  }
}

/** Creates the signal that aborts when a connection's access token expires. */
export function createExpirySignal(
  { endsAt, now }: StreamEnd,
  onClose?: EndWatch['onClose'],
): EndSignal {
  return createEndSignal({
    seconds: Math.max(0, endsAt - now()),
    check: () =>
      now() < endsAt
        ? endsAt - now()
        : new IdentityError('invalid_token', 'The access token has expired.', { reason: 'time' }),
    ...(onClose && { onClose }),
  })
}

export function sessionEnded(): IdentityError {
  return new IdentityError('login_required', 'The session has ended.')
}

// Timers of other runtimes are numbers.
function unref(timer: unknown): void {
  if (typeof timer === 'object') (timer as { unref?(): void }).unref?.()
}
