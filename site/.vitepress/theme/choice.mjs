// The choices of the reader, shared by all menus and tabs, and kept in the storage of the browser.
import { reactive } from 'vue'

const keyOf = (kind) => `identity-web-${kind}`

/** The chosen values by kind. They are empty until the page is mounted, because the server does not know them. */
export const chosen = reactive({ framework: '', tenant: '' })

export function restore() {
  for (const kind of Object.keys(chosen))
    chosen[kind] = document.documentElement.dataset[kind] ?? ''
}

export function choose(kind, value) {
  chosen[kind] = value
  document.documentElement.dataset[kind] = value
  try {
    localStorage.setItem(keyOf(kind), value)
  } catch {
    // Without storage, the choice lasts until the page is left.
  }
}
