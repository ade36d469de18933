// A sign-in leaves the page. The text that the user has typed waits in this tab.
const KEY = 'draft'

export function keepDraft(text: string): void {
  sessionStorage.setItem(KEY, text)
}

/** Returns the text that was kept, or `''`. */
export function takeDraft(): string {
  return sessionStorage.getItem(KEY) ?? ''
}
