/** Returns a time of a token in words, for example "in 59 min". Both times are on the provider's clock. */
export function describeTime(seconds: number, nowMs: number): string {
  const difference = Math.round(seconds - nowMs / 1000)
  if (difference === 0) return 'now'
  const words = describeSeconds(Math.abs(difference))
  return difference > 0 ? `in ${words}` : `${words} ago`
}

/** Returns a duration in words, rounded down to its largest unit. */
function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}
