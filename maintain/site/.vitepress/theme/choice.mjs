// The framework and the package manager of the reader, shared by the menu and all tabs, and kept in the storage of the browser.
import { reactive } from 'vue'
import { GROUPS } from '../../build/tabs.mjs'

/** They are empty until the page is mounted, because the server does not know them. */
export const chosen = reactive({})

export function restore() {
  for (const group of Object.keys(GROUPS)) {
    chosen[group] = document.documentElement.dataset[group] ?? ''
  }
}

export function choose(group, value) {
  chosen[group] = value
  document.documentElement.dataset[group] = value
  try {
    localStorage.setItem(`identity-web-${group}`, value)
  } catch {
    // Without storage, the choice lasts until the page is left.
  }
}
