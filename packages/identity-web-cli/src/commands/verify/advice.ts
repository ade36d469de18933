/** The changes that several checks suggest. */
export const ISSUE = 'Please open an issue with this report.'
export const DOCTOR = 'Run "npx --no-install identity-web-cli doctor" to check the settings.'

/** Returns the change for an error of the library without a hint, which settings rarely cause. */
export function changeWithoutHint(message: string): string {
  return /returned (?:429|5\d\d)\b/.test(message)
    ? 'Wait a few minutes, and run the command again.'
    : `${DOCTOR} If they are correct, open an issue with this report.`
}
