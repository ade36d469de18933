import { HttpClient } from '@angular/common/http'
import { afterNextRender, Component, inject, signal } from '@angular/core'
import { injectSession } from 'identity-web/angular'

@Component({
  selector: 'app-account',
  template: `
    <h1>Hello, {{ session.user()?.name }}</h1>
    <form (submit)="save($event, note.value)">
      <label for="note">Note</label>
      <input #note id="note" name="note" required />
      <button type="submit" [disabled]="!isReady()">Save</button>
    </form>
    @if (saved()) {
      <p role="status">Saved: {{ saved() }}</p>
    }
  `,
})
export class Account {
  readonly #http = inject(HttpClient)
  protected readonly session = injectSession()
  protected readonly saved = signal('')
  protected readonly isReady = signal(false)

  constructor() {
    // Until Angular runs in the browser, the browser would send the form itself, and put the note into the URL.
    afterNextRender(() => this.isReady.set(true))
  }

  protected save(event: Event, note: string): void {
    event.preventDefault()
    this.#http
      .post<{ note: string }>('api/note', { note })
      .subscribe((result) => this.saved.set(result.note))
  }
}
