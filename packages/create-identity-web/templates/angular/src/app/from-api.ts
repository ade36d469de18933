import { httpResource } from '@angular/common/http'
import { afterNextRender, signal } from '@angular/core'

/** Reads from the API in the browser, because the server does not have the user's cookie while it renders a page. */
export function fromApi<Data>(path: string) {
  const url = signal<string | undefined>(undefined)
  afterNextRender(() => url.set(path))
  return httpResource<Data>(url)
}
