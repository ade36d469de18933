import { JsonPipe } from '@angular/common'
import { httpResource } from '@angular/common/http'
import { afterNextRender, Component, signal } from '@angular/core'

@Component({
  selector: 'app-call-api',
  imports: [JsonPipe],
  template: `
    <h1>The response of the API</h1>
    @if (me.error()) {
      <p>The API could not be called.</p>
    } @else if (me.hasValue()) {
      <pre>{{ me.value() | json }}</pre>
    }
  `,
})
export class CallApi {
  // The server does not have the user's cookie while it renders the page, so the browser calls the API.
  readonly #url = signal<string | undefined>(undefined)
  protected readonly me = httpResource<unknown>(this.#url)

  constructor() {
    afterNextRender(() => this.#url.set('api/graph'))
  }
}
