// The framework of the reader, shared by the menu and all tabs, and kept in the storage of the browser.
import { ref } from 'vue'

/** It is empty until the page is mounted, because the server does not know it. */
export const chosen = ref('')

export function restore() {
  chosen.value = document.documentElement.dataset.framework ?? ''
}

export function choose(value) {
  chosen.value = value
  document.documentElement.dataset.framework = value
  try {
    localStorage.setItem('identity-web-framework', value)
  } catch {
    // Without storage, the choice lasts until the page is left.
  }
}
