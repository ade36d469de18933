import type { Expiring } from './types.ts'

/** A listener of `onExpiring()`. */
export interface Warning {
  readonly listener: (expiring: Expiring) => void | (() => void)
  readonly secondsBefore: number
  /** Set while the warning is shown. */
  hide?: () => void
}

/** Shows or hides a warning. @param expiring - The time that the server has told, or `undefined` without a user. */
export function updateWarning(warning: Warning, expiring?: Expiring): void {
  if (expiring && expiring.secondsLeft <= warning.secondsBefore) {
    warning.hide ??= warning.listener(expiring) ?? (() => {})
  } else {
    warning.hide?.()
    delete warning.hide
  }
}
