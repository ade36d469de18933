// Describes an error of the application for the log.
import { nameOf } from './call-on-login.ts'

/** The highest number of stack frames in a description. */
const MAX_FRAMES = 3

/**
 * Describes an error of the application for its log: the name, the message, and the first frames of the stack.
 *
 * @param options - With `includesMessage`, the description contains the message. The message can contain personal data.
 */
export function describeError(
  error: unknown,
  { includesMessage }: { readonly includesMessage: boolean },
): string {
  if (!(error instanceof Error)) {
    const isText = includesMessage && typeof error === 'string'
    return isText
      ? `It threw ${JSON.stringify(error)}.`
      : `It threw a value of the type ${nameOf(error)}.`
  }
  const { name, message } = error
  const frames = framesOf(error)
  return [
    includesMessage && message !== '' ? `${name}: ${message}` : name,
    ...(frames.length > 0 ? [`(${frames.join(', ')})`] : []),
  ].join(' ')
}

// The stack starts with the message, so a line of the message can look like a frame.
function framesOf({ message, stack }: Error): string[] {
  const start = typeof stack === 'string' ? stack.indexOf(message) : -1
  if (stack === undefined || start === -1) return []
  return stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .+:\d+:\d+\)?$/.test(line))
    .slice(0, MAX_FRAMES)
}
